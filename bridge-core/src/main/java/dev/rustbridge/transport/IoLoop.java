package dev.rustbridge.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * The one I/O thread of a bridge: reads, flushes, runs timers and tasks, and then parks
 * until there is something to do.
 *
 * <p>
 * A turn of the loop is: what is readable and writable, tasks, timers, outboxes. Nothing
 * that user code throws ends it; it is logged.
 */
public interface IoLoop extends Executor {

	/**
	 * Makes a loop over a selector of its own. Its thread is named
	 * {@code rustbridge-<bridge>}, starts with the first use and is a daemon.
	 * @param bridge the bridge's name
	 * @return a loop to be closed
	 */
	static IoLoop open(String bridge) {
		return new SelectorLoop(bridge);
	}

	/**
	 * Runs a task on the loop, in a later turn, in the order of the calls. Any thread.
	 * @param task the task
	 * @throws RejectedExecutionException after the loop has ended: the task will not run
	 */
	@Override
	void execute(Runnable task);

	/**
	 * Whether this thread is the loop's.
	 * @return whether it is
	 */
	boolean inLoop();

	/**
	 * Whether the loop sleeps, or is about to. While it does not, every registered
	 * {@link Outbox} is flushed before it sleeps again, so that whoever has put something
	 * into one need not do anything more. Any thread.
	 * @return whether it sleeps, or is about to
	 */
	boolean isParked();

	/**
	 * Ends its sleep, so that it flushes what is pending. Any thread; costs next to
	 * nothing while it does not sleep.
	 */
	void wakeUp();

	/**
	 * Lets the loop flush an outbox in each turn in which something is pending in it. Any
	 * thread.
	 * @param outbox the outbox
	 */
	void register(Outbox outbox);

	/**
	 * Forgets an outbox. Any thread; not flushed any more once this returned on the loop.
	 * @param outbox the outbox
	 */
	void unregister(Outbox outbox);

	/**
	 * Runs a task once, later. Any thread. The resolution is a millisecond, rounded up.
	 * @param task run on the loop
	 * @param delayNanos delay in nanoseconds; above 146 years is that, negative is 0
	 * @return cancels it
	 * @throws RejectedExecutionException after the loop has ended: the task will not run
	 */
	Timer schedule(Runnable task, long delayNanos);

	/**
	 * The clock of {@link #schedule}, for deadlines: compare by difference. Any thread.
	 * @return nanoseconds since an arbitrary moment
	 */
	long nanoTime();

	/**
	 * The same clock as it stood when the current turn began: for what need not be exact
	 * and is asked for often. On the loop.
	 * @return nanoseconds since an arbitrary moment
	 */
	long turnTime();

	/**
	 * How long the current turn has lasted: a long one means that user code holds the
	 * loop. Any thread, cheap.
	 * @return nanoseconds, 0 while the loop sleeps
	 */
	long turnNanos();

	/**
	 * The thread, for a look at its stack.
	 * @return the thread, {@code null} before the first use and after the end
	 */
	@Nullable Thread thread();

	/**
	 * Closes the links over channels that are still open, runs the tasks that wait, and
	 * ends the thread; timers are dropped. Idempotent, any thread, waits for nothing.
	 */
	void close();

	/**
	 * A scheduled task.
	 */
	interface Timer {

		/**
		 * Makes sure that it does not start any more. Any thread.
		 */
		void cancel();

	}

	/**
	 * Where other threads leave what the loop is to write.
	 *
	 * <p>
	 * The contract that no write is forgotten: a producer first puts something in, with
	 * the effect of a volatile write, and then reads {@link IoLoop#isParked()}; the loop
	 * first announces that it is about to park, and then asks {@link #hasPending()}. In
	 * any interleaving at least one of them sees the other.
	 */
	interface Outbox {

		/**
		 * Whether {@link #flush()} would write something now. Reads what putting in
		 * writes, with the effect of a volatile read. {@code false} while the kernel has
		 * no room: {@link LinkHandler#onWritable()} is what goes on then, and the loop
		 * would never sleep. On the loop.
		 * @return whether there is something to flush
		 */
		boolean hasPending();

		/**
		 * Writes what was put in, as far as there is room. On the loop.
		 */
		void flush();

	}

}
