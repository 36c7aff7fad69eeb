package dev.rustbridge.actuate.history;

import java.util.Random;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Percentiles from buckets.
 */
class LatencyHistogramTests {

	private final LatencyHistogram histogram = new LatencyHistogram();

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 15, 16, 17, 31, 32, 1000, 123_456, 999_999_999, 30_000_000_000L, Long.MAX_VALUE })
	void aSingleTimeIsFoundAgain(long nanos) {
		this.histogram.record(nanos);
		assertThat(this.histogram.percentile(0.5)).isCloseTo(nanos, Percentage.withPercentage(3.2));
		assertThat(this.histogram.max()).isEqualTo(nanos);
	}

	@Test
	void percentilesAreThoseOfTheTimesThemselves() {
		Random random = new Random(7);
		long[] times = random.longs(10_000, 1_000, 50_000_000).sorted().toArray();
		for (long time : times) {
			this.histogram.record(time);
		}
		assertThat(this.histogram.count()).isEqualTo(10_000);
		assertThat(this.histogram.percentile(0.5)).isCloseTo(times[4_999], Percentage.withPercentage(3.2));
		assertThat(this.histogram.percentile(0.95)).isCloseTo(times[9_499], Percentage.withPercentage(3.2));
		assertThat(this.histogram.percentile(0.99)).isCloseTo(times[9_899], Percentage.withPercentage(3.2));
	}

	@Test
	void withoutTimesAllIsZero() {
		assertThat(this.histogram.percentile(0.99)).isZero();
		assertThat(this.histogram.count()).isZero();
	}

}
