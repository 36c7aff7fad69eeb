package dev.rustbridge.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What has failed in a row, when it is tried again, and how that is told. Confined to the
 * loop, but for {@link #history()}.
 */
final class Recovery {

	private final LoopLog logger;

	private final String bridge;

	private final BridgeOptions.Reconnect options;

	private final Backoff backoff;

	private volatile InstanceHistory history = InstanceHistory.initial();

	Recovery(String bridge, BridgeOptions.Reconnect options) {
		this.logger = LoopLog.of(Recovery.class).about(bridge);
		this.bridge = bridge;
		this.options = options;
		this.backoff = new Backoff(options, () -> ThreadLocalRandom.current().nextDouble());
	}

	/** What is remembered; any thread. */
	InstanceHistory history() {
		return this.history;
	}

	void steppedAt(Instant moment) {
		this.history = this.history.since(moment);
	}

	void served() {
		this.history = this.history.oneMoreServed();
	}

	/** It has been healthy for a time, or is asked to start anew: the row ends. */
	void settle() {
		this.backoff.reset();
		this.history = this.history.settled();
	}

	/** Something new is there to connect to: delays begin anew. */
	void hurry() {
		this.backoff.reset();
	}

	/**
	 * Remembers how a generation failed.
	 * @param generation which
	 * @param story why, for people
	 * @param stderrTail the last lines of its log
	 */
	void remember(Generation generation, String story, List<String> stderrTail) {
		Duration served = generation.times().served();
		if (!served.isZero() && served.compareTo(this.options.resetAfter()) >= 0) {
			settle();
		}
		this.history = this.history.failed(generation.number(), served, story, stderrTail);
	}

	/**
	 * When to try again.
	 * @param crash whether a process died, and not only a connection failed
	 * @return the delay, {@code null} for never
	 */
	@Nullable Duration nextDelay(boolean crash) {
		Duration delay = this.backoff.failed(crash);
		this.history = this.history.crashLoop(this.backoff.isCrashLoop());
		return delay;
	}

	/** The story of the attempts, where there were several. */
	BridgeStartException withAttempts(BridgeStartException failure) {
		List<String> attempts = this.history.tellFailures();
		if (attempts.size() < 2) {
			return failure;
		}
		return new BridgeStartException(Origin.bridge(this.bridge), failure.reason(),
				Messages.bare(failure) + "; " + this.backoff.attempts() + " attempts in a row have failed", attempts,
				failure.stderrTail(), failure);
	}

	void logOpened(String what) {
		boolean told = this.backoff.attempts() == 0 || this.backoff.isWorthTelling();
		this.logger.log(told ? Level.INFO : Level.DEBUG, "Bridge '{}': {}", this.bridge, what);
	}

	void logRetry(Throwable cause, Duration delay) {
		boolean crashLoop = this.backoff.isCrashLoop();
		Level loud = crashLoop ? Level.ERROR : Level.WARN;
		this.logger.log(this.backoff.isWorthTelling() ? loud : Level.DEBUG, "{}; {}trying again in {} (attempt {})",
				cause.getMessage(),
				crashLoop ? "this is a crash loop: " + String.join("; ", this.history.tellFailures()) + "; " : "",
				Durations.text(delay), this.backoff.attempts());
	}

	void logEnd(Throwable cause, boolean required) {
		if (required) {
			// whoever starts what is required is told by the failure itself
			logger.debug("{}; not trying again: it is required", cause.getMessage());
			return;
		}
		String why;
		if (this.options.enabled()) {
			why = "'reconnect.max-attempts' (" + this.options.maxAttempts() + ") are used up";
		}
		else {
			why = "'reconnect.enabled' is false";
		}
		this.logger.error("{}; not trying again: {}", cause.getMessage(), why);
	}

}
