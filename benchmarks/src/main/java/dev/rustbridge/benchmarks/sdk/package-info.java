/**
 * What the extended protocol is for: bytes in bulk, and streams that are read slowly. A
 * program of its own, since no peer can do either.
 */
@NullMarked
package dev.rustbridge.benchmarks.sdk;

import org.jspecify.annotations.NullMarked;
