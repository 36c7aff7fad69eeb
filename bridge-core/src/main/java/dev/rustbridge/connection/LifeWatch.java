package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.transport.IoLoop;

/**
 * Has the daemon's life looked at, at short intervals, as long as anything is pending.
 */
final class LifeWatch {

	private final IoLoop loop;

	private final CallTable calls;

	private final Runnable look;

	private final AtomicBoolean ticking = new AtomicBoolean();

	private volatile boolean closed;

	LifeWatch(IoLoop loop, CallTable calls, Runnable look) {
		this.loop = loop;
		this.calls = calls;
		this.look = look;
	}

	/** Something is pending. Any thread. */
	void start() {
		if (!this.ticking.get() && this.ticking.compareAndSet(false, true)) {
			scheduleNext();
		}
	}

	void close() {
		this.closed = true;
	}

	private void tick() {
		if (this.closed) {
			return;
		}
		this.look.run();
		if (this.calls.isEmpty()) {
			this.ticking.set(false);
			// again, for a call that came in between and found it ticking
			if (this.calls.isEmpty() || !this.ticking.compareAndSet(false, true)) {
				return;
			}
		}
		scheduleNext();
	}

	private void scheduleNext() {
		this.loop.schedule(this::tick, Connection.TICK.toNanos());
	}

}
