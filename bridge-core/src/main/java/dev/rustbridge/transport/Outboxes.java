package dev.rustbridge.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * What the connections of a loop have to write. Any thread adds and removes, the loop
 * flushes; one that fails harms no other.
 */
final class Outboxes {

	private final List<IoLoop.Outbox> all = new CopyOnWriteArrayList<>();

	private final BiConsumer<String, Throwable> report;

	/**
	 * Begins with none.
	 * @param report told what failed, and how
	 */
	Outboxes(BiConsumer<String, Throwable> report) {
		this.report = report;
	}

	void add(IoLoop.Outbox outbox) {
		this.all.add(outbox);
	}

	void remove(IoLoop.Outbox outbox) {
		this.all.remove(outbox);
	}

	void flush() {
		for (IoLoop.Outbox outbox : this.all) {
			try {
				if (outbox.hasPending()) {
					outbox.flush();
				}
			}
			catch (Throwable ex) {
				this.report.accept("Flushing", ex);
			}
		}
	}

	boolean isAnyPending() {
		for (IoLoop.Outbox outbox : this.all) {
			try {
				if (outbox.hasPending()) {
					return true;
				}
			}
			catch (Throwable ex) {
				this.report.accept("An outbox", ex);
			}
		}
		return false;
	}

}
