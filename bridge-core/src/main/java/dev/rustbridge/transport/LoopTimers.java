package dev.rustbridge.transport;

import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop, earliest first. Confined to the loop, except for
 * {@link Timeout#cancel()}.
 */
final class LoopTimers {

	private final PriorityQueue<Timeout> queue = new PriorityQueue<>();

	/** How many may wait before cancelled ones are looked for. */
	private int sweepAt = 64;

	void add(Timeout timeout) {
		if (this.queue.size() >= this.sweepAt) {
			// keeps cancelled ones from piling up until their time comes
			this.queue.removeIf((waiting) -> waiting.cancelled);
			this.sweepAt = Math.max(64, 2 * this.queue.size());
		}
		this.queue.add(timeout);
	}

	/** How many wait, cancelled ones that have not been found yet among them. */
	int size() {
		return this.queue.size();
	}

	/**
	 * How long until the next one is due.
	 * @param now the time now
	 * @return nanoseconds, 0 if one is due, {@link Long#MAX_VALUE} if none waits
	 */
	long nanosToNext(long now) {
		Timeout next = this.queue.peek();
		while (next != null && next.cancelled) {
			this.queue.poll();
			next = this.queue.peek();
		}
		return (next != null) ? Math.max(0, next.deadline - now) : Long.MAX_VALUE;
	}

	/**
	 * Takes one that is due.
	 * @param now the time now
	 * @return its task, or {@code null} if none is due
	 */
	@Nullable Runnable pollDue(long now) {
		if (nanosToNext(now) > 0) {
			return null;
		}
		return this.queue.poll();
	}

	/**
	 * A task with its time. Runs nothing once it is cancelled.
	 */
	static final class Timeout implements IoLoop.Timer, Runnable, Comparable<Timeout> {

		private final Runnable task;

		private final long deadline;

		private volatile boolean cancelled;

		Timeout(Runnable task, long deadline) {
			this.task = task;
			this.deadline = deadline;
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

		@Override
		public void run() {
			if (!this.cancelled) {
				this.task.run();
			}
		}

		@Override
		public int compareTo(Timeout other) {
			// by difference: nanoTime may overflow
			return Long.signum(this.deadline - other.deadline);
		}

	}

}
