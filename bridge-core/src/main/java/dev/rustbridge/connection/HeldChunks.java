package dev.rustbridge.connection;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * Chunks that came before their subscriber asked for them, oldest first. Confined to the
 * loop, but for {@link #isAnyHeld()}.
 */
final class HeldChunks {

	/** Most streams never hold one. */
	private @Nullable ArrayDeque<HeldChunk> chunks;

	private long bytes;

	private volatile boolean anyHeld;

	void add(HeldChunk chunk) {
		ArrayDeque<HeldChunk> current = this.chunks;
		if (current == null) {
			current = new ArrayDeque<>();
			this.chunks = current;
		}
		current.add(chunk);
		this.bytes += chunk.weight();
		this.anyHeld = true;
	}

	HeldChunk remove() {
		ArrayDeque<HeldChunk> current = this.chunks;
		if (current == null) {
			throw new IllegalStateException("No chunk is held");
		}
		HeldChunk first = current.remove();
		this.bytes -= first.weight();
		this.anyHeld = !current.isEmpty();
		return first;
	}

	void clear() {
		this.chunks = null;
		this.bytes = 0;
		this.anyHeld = false;
	}

	boolean isEmpty() {
		return this.chunks == null || this.chunks.isEmpty();
	}

	int count() {
		return (this.chunks != null) ? this.chunks.size() : 0;
	}

	/** What they weigh, in bytes. */
	long bytes() {
		return this.bytes;
	}

	/** Whether there is any; any thread. */
	boolean isAnyHeld() {
		return this.anyHeld;
	}

}
