package dev.rustbridge.actuate.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last so many of something. Thread-safe.
 *
 * @param <T> of what
 */
final class LastEntries<T> {

	private final int limit;

	private final Deque<T> entries = new ArrayDeque<>();

	LastEntries(int limit) {
		this.limit = limit;
	}

	synchronized void add(T entry) {
		if (this.entries.size() == this.limit) {
			this.entries.removeFirst();
		}
		this.entries.addLast(entry);
	}

	/** Oldest first. */
	synchronized List<T> list() {
		return List.copyOf(this.entries);
	}

}
