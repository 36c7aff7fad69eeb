package dev.rustbridge.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What one worker measured in one window.
 *
 * @param calls calls, or chunks, that were answered rightly
 * @param nanos length of the window
 * @param p50Nanos time of a call, the median; of a whole stream for chunks
 * @param p99Nanos time of a call, the 99th percentile
 * @param hostCpuNanos processor time of the contender's process
 * @param daemonCpuNanos processor time of its daemon
 * @param allocatedBytes on the heap of the contender, negative where that is not known
 * @param failure why there is no figure, if there is none
 */
public record Sample(long calls, long nanos, long p50Nanos, long p99Nanos, long hostCpuNanos, long daemonCpuNanos,
		long allocatedBytes, @Nullable String failure) {

	/** The sample of a worker that could not do it. */
	public static Sample failed(String why) {
		return new Sample(0, 0, 0, 0, 0, 0, -1, why);
	}

	/** Calls, or chunks, in a second. */
	public double rate() {
		return calls * 1e9 / nanos;
	}
}
