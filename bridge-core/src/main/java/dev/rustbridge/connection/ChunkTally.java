package dev.rustbridge.connection;

import org.jspecify.annotations.Nullable;

/**
 * Counts chunks that come one after the other, so that listeners are told of many at
 * once: there may be millions a second. It counts whether or not anybody listens, which
 * costs less than to ask. On the loop.
 */
final class ChunkTally {

	private final Listeners listeners;

	private @Nullable Call call;

	private long count;

	ChunkTally(Listeners listeners) {
		this.listeners = listeners;
	}

	void add(Call receiver) {
		if (receiver != this.call) {
			turnTo(receiver);
		}
		this.count++;
	}

	private void turnTo(Call receiver) {
		Call before = this.call;
		if (before != null && !before.method().equals(receiver.method())) {
			tell();
		}
		this.call = receiver;
	}

	/** Tells what was not told yet: when what was read is done, or a call ends. */
	void tell() {
		Call counted = this.call;
		if (counted != null) {
			long chunks = this.count;
			this.call = null;
			this.count = 0;
			this.listeners.tell((listener) -> listener.chunks(counted.method(), chunks));
		}
	}

}
