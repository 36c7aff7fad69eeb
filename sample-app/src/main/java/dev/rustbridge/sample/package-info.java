/**
 * A web application that searches a source tree through the daemon {@code code-search}.
 */
@NullMarked
package dev.rustbridge.sample;

import org.jspecify.annotations.NullMarked;
