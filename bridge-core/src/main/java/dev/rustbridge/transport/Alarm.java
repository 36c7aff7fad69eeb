package dev.rustbridge.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Wakes loops whose next timer is due, so that they can park without a time limit. With
 * one, the kernel sets and clears a timer each time a loop parks, which is each call when
 * calls come one by one, and made such a call 4 % dearer. There is one thread for all
 * loops; it sleeps until the earliest timer, and ends with the last loop.
 *
 * <p>
 * <b>Why no timer is missed.</b> A loop first publishes when it is due and then reads
 * {@link #target}; this thread first publishes its target and then reads once more what
 * the loops have published. Either the loop sees the old, later target and wakes this
 * thread, or this thread sees the loop's moment.
 */
final class Alarm {

	/** Nothing is due. */
	static final long NEVER = Long.MAX_VALUE;

	/** Times are told from here, so that they compare plainly. */
	private static final long ORIGIN = System.nanoTime();

	private static @Nullable Alarm running;

	private final List<Sleep> sleeps = new CopyOnWriteArrayList<>();

	private final Thread thread;

	/** When it wakes up at the latest. */
	private volatile long target = NEVER;

	private volatile boolean ended;

	private Alarm() {
		this.thread = new ServiceThread(this::run, "rustbridge-alarm");
	}

	/**
	 * Begins to watch a loop.
	 * @param sleep of the loop
	 * @return what watches it
	 */
	static synchronized Alarm watch(Sleep sleep) {
		Alarm alarm = running;
		if (alarm == null) {
			alarm = new Alarm();
			alarm.thread.start();
			running = alarm;
		}
		alarm.sleeps.add(sleep);
		return alarm;
	}

	/**
	 * Forgets a loop.
	 * @param sleep of the loop
	 */
	static synchronized void forget(Sleep sleep) {
		Alarm alarm = running;
		if (alarm != null && alarm.sleeps.remove(sleep) && alarm.sleeps.isEmpty()) {
			running = null;
			alarm.ended = true;
			LockSupport.unpark(alarm.thread);
		}
	}

	/**
	 * A moment on the scale of this class.
	 * @param nanoTime a moment on that of {@link System#nanoTime()}
	 * @return nanoseconds
	 */
	static long moment(long nanoTime) {
		return nanoTime - ORIGIN;
	}

	/**
	 * Sees to it that a moment is not missed, which the loop has published before.
	 * @param moment the moment
	 */
	void wakeAt(long moment) {
		if (moment < this.target) {
			LockSupport.unpark(this.thread);
		}
	}

	private void run() {
		while (!this.ended) {
			long now = moment(System.nanoTime());
			long next = NEVER;
			for (Sleep sleep : this.sleeps) {
				next = Math.min(next, sleep.ring(now));
			}
			this.target = next;
			if (!isAnyEarlierThan(next)) {
				LockSupport.parkNanos(this, (next == NEVER) ? NEVER : next - now);
			}
		}
	}

	private boolean isAnyEarlierThan(long moment) {
		for (Sleep sleep : this.sleeps) {
			if (sleep.dueAt() < moment) {
				return true;
			}
		}
		return false;
	}

}
