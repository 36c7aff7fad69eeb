package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.Objects;

import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a connection would lead to something else by now: a socket file that has
 * come, or was replaced by that of another daemon. On the loop, as it costs one look at a
 * file.
 */
final class EndpointWatch {

	private static final Duration SHORTEST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(1);

	private final IoLoop loop;

	private final Transport transport;

	private final Runnable onChange;

	private @Nullable Object known;

	/** Seen once: a daemon that has made its file may not listen on it yet. */
	private @Nullable Object candidate;

	private long interval;

	private IoLoop.@Nullable Timer timer;

	EndpointWatch(IoLoop loop, Transport transport, Runnable onChange) {
		this.loop = loop;
		this.transport = transport;
		this.onChange = onChange;
	}

	/** A connection is about to be made: from here on, changes are of interest. */
	void restart() {
		stop();
		if (this.transport.isWatchable()) {
			this.known = this.transport.endpoint();
			lookIn(SHORTEST.toNanos());
		}
	}

	void stop() {
		this.candidate = null;
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void lookIn(long nanos) {
		this.interval = nanos;
		this.timer = this.loop.schedule(this::look, nanos);
	}

	private void look() {
		Object now = this.transport.endpoint();
		if (now == null || now.equals(this.known)) {
			this.candidate = null;
			lookIn(Math.min(2 * this.interval, LONGEST.toNanos()));
		}
		else if (!Objects.equals(now, this.candidate)) {
			this.candidate = now;
			lookIn(SHORTEST.toNanos());
		}
		else {
			this.known = now;
			lookIn(SHORTEST.toNanos());
			this.onChange.run();
		}
	}

}
