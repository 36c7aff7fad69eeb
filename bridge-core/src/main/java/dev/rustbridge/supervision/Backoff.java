package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import dev.rustbridge.BridgeOptions;
import org.jspecify.annotations.Nullable;

/**
 * When to try again: delays that grow exponentially, with jitter, and start anew after a
 * healthy time. Confined to the loop.
 */
final class Backoff {

	/** Crashes in a row from which on it is called a crash loop. */
	static final int CRASH_LOOP = 5;

	private final BridgeOptions.Reconnect options;

	private final DoubleSupplier random;

	private int attempts;

	private int crashes;

	/**
	 * Makes a backoff.
	 * @param options the delays
	 * @param random gives numbers from 0 to 1
	 */
	Backoff(BridgeOptions.Reconnect options, DoubleSupplier random) {
		this.options = options;
		this.random = random;
	}

	/**
	 * Counts a failure.
	 * @param crash whether a process died, and not only a connection failed
	 * @return the delay before the next attempt, {@code null} when there is none any more
	 */
	@Nullable Duration failed(boolean crash) {
		this.attempts++;
		this.crashes = crash ? this.crashes + 1 : 0;
		Integer max = this.options.maxAttempts();
		if (!this.options.enabled() || (max != null && this.attempts > max)) {
			return null;
		}
		if (isCrashLoop()) {
			// it comes up and dies: trying faster would only burn the machine
			return jittered(this.options.maxDelay().toNanos());
		}
		double exponential = this.options.initialDelay().toNanos()
				* Math.pow(this.options.multiplier(), this.attempts - 1);
		return jittered(Math.min(exponential, this.options.maxDelay().toNanos()));
	}

	private Duration jittered(double nanos) {
		double spread = nanos * this.options.jitter() * (2 * this.random.getAsDouble() - 1);
		return Duration.ofNanos((long) Math.min(nanos + spread, this.options.maxDelay().toNanos()));
	}

	/**
	 * It is healthy, or somebody asked for a new start: what was before does not count.
	 */
	void reset() {
		this.attempts = 0;
		this.crashes = 0;
	}

	int attempts() {
		return this.attempts;
	}

	boolean isCrashLoop() {
		return this.crashes >= CRASH_LOOP;
	}

	/** Whether this attempt is worth a line in the log, as the first ones are. */
	boolean isWorthTelling() {
		return Integer.bitCount(this.attempts) == 1 || this.crashes == CRASH_LOOP;
	}

}
