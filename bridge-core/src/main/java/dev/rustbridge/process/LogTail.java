package dev.rustbridge.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last lines of a log, kept for diagnosis. Thread-safe.
 */
final class LogTail {

	/** Enough for a person; thousands of lines may be kept, and each goes into errors. */
	private static final int LONGEST_LINE = 2000;

	private final int capacity;

	private final Deque<String> lines = new ArrayDeque<>();

	LogTail(int capacity) {
		this.capacity = capacity;
	}

	synchronized void add(String line) {
		if (this.capacity == 0) {
			return;
		}
		if (this.lines.size() == this.capacity) {
			this.lines.removeFirst();
		}
		this.lines.addLast((line.length() > LONGEST_LINE) ? line.substring(0, LONGEST_LINE) + "…" : line);
	}

	/**
	 * The lines right now.
	 * @return the lines, oldest first
	 */
	synchronized List<String> snapshot() {
		return List.copyOf(this.lines);
	}

}
