/** The program of a contender's own JVM. */
@NullMarked
package dev.rustbridge.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
