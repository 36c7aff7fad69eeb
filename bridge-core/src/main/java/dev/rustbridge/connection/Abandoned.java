package dev.rustbridge.connection;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The calls that were sent and whose answers nobody waits for any more, but which the
 * daemon may still be busy with. Bounded: of a daemon that never answers the oldest are
 * forgotten. Any thread: whoever cancels adds, the loop takes out.
 */
final class Abandoned {

	private static final int LIMIT = 65_536;

	private final Set<Long> sequences = new LinkedHashSet<>();

	private volatile boolean empty = true;

	synchronized void add(long sequence) {
		if (this.sequences.size() >= LIMIT) {
			Iterator<Long> oldest = this.sequences.iterator();
			oldest.next();
			oldest.remove();
		}
		this.sequences.add(sequence);
		this.empty = false;
	}

	/**
	 * The daemon's last word on a call came.
	 * @param sequence the call's number
	 * @return whether it was expected still
	 */
	synchronized boolean remove(long sequence) {
		boolean removed = this.sequences.remove(sequence);
		this.empty = this.sequences.isEmpty();
		return removed;
	}

	synchronized boolean contains(long sequence) {
		return this.sequences.contains(sequence);
	}

	boolean isEmpty() {
		return this.empty;
	}

}
