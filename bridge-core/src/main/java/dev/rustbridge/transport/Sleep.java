package dev.rustbridge.transport;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Until when a loop may sleep: set by the loop before it parks, read by the alarm.
 */
final class Sleep {

	private final Runnable wakeUp;

	/** On the scale of the alarm. */
	private final AtomicLong dueAt = new AtomicLong(Alarm.NEVER);

	private @Nullable Alarm alarm;

	/**
	 * One without an end.
	 * @param wakeUp wakes the loop, on the alarm's thread
	 */
	Sleep(Runnable wakeUp) {
		this.wakeUp = wakeUp;
	}

	/** Before the loop's thread starts. */
	void watch() {
		this.alarm = Alarm.watch(this);
	}

	void forget() {
		Alarm.forget(this);
	}

	/**
	 * Sets its end. On the loop.
	 * @param due the moment, {@link Alarm#NEVER} if the loop has no timer
	 */
	void until(long due) {
		if (this.dueAt.get() != due) {
			this.dueAt.set(due);
			Objects.requireNonNull(this.alarm, "set before the thread starts").wakeAt(due);
		}
	}

	/**
	 * Whether it still ends then: not if the alarm has rung.
	 * @param due the moment that was set
	 * @return whether the loop may sleep
	 */
	boolean isUntil(long due) {
		return this.dueAt.get() == due;
	}

	/**
	 * Wakes the loop if it is due. On the alarm's thread.
	 * @param now the present moment, on the alarm's scale
	 * @return when it is due, {@link Alarm#NEVER} if it was woken or has no timer
	 */
	long ring(long now) {
		long due = this.dueAt.get();
		if (due > now) {
			return due;
		}
		// it says anew when it parks again
		if (this.dueAt.compareAndSet(due, Alarm.NEVER)) {
			this.wakeUp.run();
		}
		return Alarm.NEVER;
	}

	long dueAt() {
		return this.dueAt.get();
	}

}
