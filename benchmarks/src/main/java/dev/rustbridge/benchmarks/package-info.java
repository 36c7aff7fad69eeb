/**
 * The side-by-side run: who is measured, over what, in which order, and what comes of it.
 */
@NullMarked
package dev.rustbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
