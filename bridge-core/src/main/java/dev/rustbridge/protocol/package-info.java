/**
 * The line protocol on bytes: framing, the envelope of each line, encoding and the checks
 * that keep a broken line from being written. Knows neither connections nor calls.
 */
@NullMarked
package dev.rustbridge.protocol;

import org.jspecify.annotations.NullMarked;
