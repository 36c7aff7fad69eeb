package dev.rustbridge.connection;

import dev.rustbridge.protocol.RequestIds;

/**
 * Heartbeats on the wire: at most one is awaited, one before it that was not answered may
 * still be. Confined to the loop.
 */
final class Pings {

	private final RequestIds ids;

	private final ControlOutput control;

	private final Abandoned abandoned;

	private final Runnable onPong;

	/** The one that is not answered yet, 0 for none. */
	private long pending;

	Pings(RequestIds ids, ControlOutput control, Abandoned abandoned, Runnable onPong) {
		this.ids = ids;
		this.control = control;
		this.abandoned = abandoned;
		this.onPong = onPong;
	}

	void ping() {
		if (this.pending != 0) {
			this.abandoned.add(this.pending);
		}
		this.pending = this.ids.next();
		this.control.ping(this.pending);
	}

	/** Whether this is the answer to the last; then it has been told. */
	boolean take(long sequence) {
		if (sequence != this.pending) {
			return false;
		}
		this.pending = 0;
		this.onPong.run();
		return true;
	}

}
