package dev.rustbridge.supervision;

import java.time.Duration;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.connection.BridgeContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an instance since it was last asked to start. Confined to the loop,
 * but for {@link #isFirstAttempt()}.
 */
final class StartPhase {

	private final BridgeContext context;

	private volatile boolean firstAttempt;

	private boolean hasServed;

	/** Until when a required daemon is waited for, where waiting can help. */
	private long limit;

	StartPhase(BridgeContext context) {
		this.context = context;
	}

	void begin() {
		this.firstAttempt = true;
		this.hasServed = false;
		this.limit = this.context.loop().nanoTime() + this.context.options().readyTimeout().toNanos();
	}

	/** The next attempt counts as a first one: somebody asked for it. */
	void beginAgain() {
		this.firstAttempt = true;
	}

	/** It takes commands, and its state says so. */
	void served() {
		this.hasServed = true;
		this.firstAttempt = false;
	}

	/**
	 * An attempt has failed.
	 * @return whether it was the first
	 */
	boolean failed() {
		boolean first = this.firstAttempt;
		this.firstAttempt = false;
		return first;
	}

	/** Whether nothing has failed since it was asked to start. Any thread. */
	boolean isFirstAttempt() {
		return this.firstAttempt;
	}

	/** Whether the application waits for it to come up. */
	boolean isAwaited() {
		return this.context.options().startup() == BridgeOptions.Startup.REQUIRED && !this.hasServed;
	}

	/**
	 * When to try again while it is awaited: only what can come by waiting is waited for,
	 * and only so long.
	 * @param generation the one that failed
	 * @param failure how
	 * @param delay the delay that would be next
	 * @return the delay, {@code null} for never
	 */
	@Nullable Duration delayWhileAwaited(Generation generation, BridgeStartException failure, Duration delay) {
		boolean mayCome = failure.reason() == Reason.SOCKET_NOT_FOUND
				|| (failure.reason() == Reason.EXITED_BEFORE_READY && generation.daemon() == null);
		long left = this.limit - this.context.loop().nanoTime();
		return (mayCome && left > 0) ? Duration.ofNanos(Math.min(left, delay.toNanos())) : null;
	}

}
