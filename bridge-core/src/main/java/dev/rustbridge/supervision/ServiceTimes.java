package dev.rustbridge.supervision;

import java.time.Duration;
import java.time.Instant;

import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;

/**
 * When a generation began to come up, and when it was ready. Written on the loop.
 */
final class ServiceTimes {

	private final IoLoop loop;

	private long openedNanos;

	private long readyNanos;

	private volatile @Nullable Instant openedAt;

	private volatile @Nullable Instant readyAt;

	ServiceTimes(IoLoop loop) {
		this.loop = loop;
	}

	void opened() {
		this.openedAt = Instant.now();
		this.openedNanos = this.loop.nanoTime();
	}

	void ready() {
		this.readyAt = Instant.now();
		this.readyNanos = this.loop.nanoTime();
	}

	/** When it began to be launched or connected; any thread. */
	@Nullable Instant openedAt() {
		return this.openedAt;
	}

	/** Any thread. */
	@Nullable Instant readyAt() {
		return this.readyAt;
	}

	/** How long it took to come up. */
	Duration startTime() {
		return Duration.ofNanos(this.readyNanos - this.openedNanos);
	}

	/** How long it has served, zero if it never did. */
	Duration served() {
		return (this.readyAt != null) ? Duration.ofNanos(this.loop.nanoTime() - this.readyNanos) : Duration.ZERO;
	}

}
