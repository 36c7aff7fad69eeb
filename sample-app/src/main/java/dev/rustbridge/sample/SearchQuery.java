package dev.rustbridge.sample;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of the daemon's command {@code search}.
 *
 * @param root the folder whose tree is searched
 * @param pattern a regular expression as ripgrep takes it
 * @param glob which files are searched; all when {@code null}
 * @param ignoreCase whether upper and lower case are the same
 * @param maxHits how many hits are sent at most
 */
record SearchQuery(String root, String pattern, @Nullable String glob, boolean ignoreCase, long maxHits) {

}
