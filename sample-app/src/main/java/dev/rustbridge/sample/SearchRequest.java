package dev.rustbridge.sample;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The parameters of {@code /api/search}.
 *
 * @param q a regular expression
 * @param glob which files are searched; all when it is left out
 * @param ignoreCase whether upper and lower case are the same; not when it is left out
 * @param max how many hits are sent at most
 */
record SearchRequest(@Nullable String q, @Nullable String glob, @Nullable Boolean ignoreCase, @Nullable Long max) {

	private static final long DEFAULT_MAX = 1_000;

	private static final long LARGEST_MAX = 1_000_000;

	/**
	 * Makes the daemon's query.
	 * @param root the folder whose tree is searched
	 * @return the query
	 * @throws ResponseStatusException when a parameter is missing or out of its bounds
	 */
	SearchQuery toQuery(String root) {
		if (this.q == null || this.q.isEmpty()) {
			throw refused("q is missing: give a regular expression, as in /api/search?q=TODO");
		}
		long maxHits = (this.max != null) ? this.max : DEFAULT_MAX;
		if (maxHits < 1 || maxHits > LARGEST_MAX) {
			throw refused("max is " + maxHits + ": give a number from 1 to " + LARGEST_MAX);
		}
		return new SearchQuery(root, this.q, this.glob, Boolean.TRUE.equals(this.ignoreCase), maxHits);
	}

	private static ResponseStatusException refused(String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

}
