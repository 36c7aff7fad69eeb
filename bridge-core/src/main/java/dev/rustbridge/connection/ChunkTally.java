package dev.rustbridge.connection;

import org.jspecify.annotations.Nullable;

/**
 * Counts chunks that come one after the other, so that listeners are told of many at
 * once: there may be millions a second. On the loop.
 */
final class ChunkTally {

	private final Listeners listeners;

	private @Nullable String method;

	private long count;

	ChunkTally(Listeners listeners) {
		this.listeners = listeners;
	}

	void add(String received) {
		if (this.method != null && !received.equals(this.method)) {
			tell();
		}
		this.method = received;
		this.count++;
	}

	/** Tells what was not told yet: when what was read is done, or a call ends. */
	void tell() {
		String counted = this.method;
		if (counted != null) {
			long chunks = this.count;
			this.method = null;
			this.count = 0;
			this.listeners.tell((listener) -> listener.chunks(counted, chunks));
		}
	}

}
