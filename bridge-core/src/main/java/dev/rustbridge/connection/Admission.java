package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The door of a connection: one atomic word that holds whether it is closed and how many
 * calls are inside, so that a call is counted in or finds it closed, never something in
 * between.
 */
final class Admission {

	private static final long CLOSED = 1L << 62;

	private final AtomicLong word = new AtomicLong();

	private final int limit;

	Admission(int limit) {
		this.limit = limit;
	}

	/**
	 * Tries to come in.
	 * @return what the door says
	 */
	Verdict enter() {
		while (true) {
			long current = this.word.get();
			if ((current & CLOSED) != 0) {
				return Verdict.CLOSED;
			}
			if (current >= this.limit) {
				return Verdict.FULL;
			}
			if (this.word.compareAndSet(current, current + 1)) {
				return Verdict.ADMITTED;
			}
		}
	}

	/**
	 * Goes out.
	 * @return whether this was the last one behind a closed door
	 */
	boolean leave() {
		return this.word.decrementAndGet() == CLOSED;
	}

	/**
	 * Closes the door for good.
	 * @return whether nobody is inside
	 */
	boolean close() {
		while (true) {
			long current = this.word.get();
			if ((current & CLOSED) != 0 || this.word.compareAndSet(current, current | CLOSED)) {
				return (current & ~CLOSED) == 0;
			}
		}
	}

	boolean isClosed() {
		return (this.word.get() & CLOSED) != 0;
	}

	int inside() {
		return (int) (this.word.get() & ~CLOSED);
	}

	enum Verdict {

		ADMITTED, FULL, CLOSED

	}

}
