package dev.rustbridge.actuate.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The times of one method in two windows, the present and the one before, so that a
 * morning's trouble does not hide in a week's calm. Recording hardly ever looks at the
 * clock: a window may last longer where there is little to count.
 */
final class RecentLatencies {

	static final Duration WINDOW = Duration.ofMinutes(5);

	private static final double NANOS_PER_MILLI = 1e6;

	/** The clock is looked at when a bucket has counted so many more. */
	private static final int LOOK_EVERY = 64;

	private final Clock clock;

	private volatile LatencyHistogram present = new LatencyHistogram();

	private Instant presentSince;

	private @Nullable LatencyHistogram before;

	private Instant beforeSince;

	RecentLatencies(Clock clock) {
		this.clock = clock;
		this.presentSince = clock.instant();
		this.beforeSince = this.presentSince;
	}

	void record(long nanos) {
		if (this.present.record(nanos) % LOOK_EVERY == 0) {
			turnIfDue();
		}
	}

	private synchronized void turnIfDue() {
		Instant now = this.clock.instant();
		if (Duration.between(this.presentSince, now).compareTo(WINDOW) >= 0) {
			this.before = this.present;
			this.beforeSince = this.presentSince;
			this.present = new LatencyHistogram();
			this.presentSince = now;
		}
	}

	synchronized CommandLatency latency() {
		turnIfDue();
		LatencyHistogram both = new LatencyHistogram();
		both.add(this.present);
		LatencyHistogram old = this.before;
		if (old != null) {
			both.add(old);
		}
		return new CommandLatency((old != null) ? this.beforeSince : this.presentSince, both.count(),
				millis(both.percentile(0.5)), millis(both.percentile(0.95)), millis(both.percentile(0.99)),
				millis(both.max()));
	}

	/** To the microsecond. */
	private static double millis(double nanos) {
		return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
	}

}
