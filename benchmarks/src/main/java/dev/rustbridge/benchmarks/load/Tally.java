package dev.rustbridge.benchmarks.load;

/**
 * What a run came to.
 *
 * @param calls calls, or chunks, that were answered rightly
 * @param nanos from the first to the last
 * @param times of single calls
 */
public record Tally(long calls, long nanos, Histogram times) {
}
