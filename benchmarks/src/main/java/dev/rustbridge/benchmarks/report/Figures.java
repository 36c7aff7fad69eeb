package dev.rustbridge.benchmarks.report;

import dev.rustbridge.benchmarks.Sample;
import dev.rustbridge.benchmarks.Scenario;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Medians over the rounds.
 *
 * @param rate calls, or chunks, in a second
 * @param p50Nanos the median time of a call
 * @param p99Nanos its 99th percentile
 * @param least the smallest round of the {@linkplain #main main figure}
 * @param most its largest
 * @param hostCpuNanos processor time of the host for one call
 * @param daemonCpuNanos processor time of the daemon for one call
 * @param allocatedBytes bytes allocated for one call, negative where not known
 * @param failure why there is no figure in any round
 * @param failedRounds how many rounds failed
 * @param timed whether the time of a call is the main figure, and not the rate
 */
record Figures(double rate, double p50Nanos, double p99Nanos, double least, double most, double hostCpuNanos,
		double daemonCpuNanos, double allocatedBytes, @Nullable String failure, int failedRounds, boolean timed) {

	static Figures of(Scenario scenario, List<Sample> samples) {
		boolean timed = scenario.kind().isTimed();
		List<Sample> good = samples.stream().filter(sample -> sample.failure() == null).toList();
		int failed = samples.size() - good.size();
		if (good.isEmpty()) {
			return new Figures(0, 0, 0, 0, 0, 0, 0, -1, samples.get(0).failure(), failed, timed);
		}
		ToDoubleFunction<Sample> main = timed ? Sample::p50Nanos : Sample::rate;
		return new Figures(median(good, Sample::rate), median(good, Sample::p50Nanos), median(good, Sample::p99Nanos),
				good.stream().mapToDouble(main).min().orElseThrow(),
				good.stream().mapToDouble(main).max().orElseThrow(),
				median(good, sample -> (double) sample.hostCpuNanos() / sample.calls()),
				median(good, sample -> (double) sample.daemonCpuNanos() / sample.calls()),
				median(good, sample -> (double) sample.allocatedBytes() / sample.calls()), null, failed, timed);
	}

	/** What contenders are compared by: nanoseconds of a call, or calls in a second. */
	double main() {
		return timed ? p50Nanos : rate;
	}

	/** How many times as good as {@code other} this is, whichever way better lies. */
	double timesAsGoodAs(Figures other) {
		return timed ? other.p50Nanos / p50Nanos : rate / other.rate;
	}

	boolean isThere() {
		return failure == null;
	}

	private static double median(List<Sample> samples, ToDoubleFunction<Sample> of) {
		double[] sorted = samples.stream().mapToDouble(of).sorted().toArray();
		int middle = sorted.length / 2;
		return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}
}
