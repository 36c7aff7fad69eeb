package dev.rustbridge.transport;

import java.util.concurrent.Executor;

/**
 * The one I/O thread of a bridge.
 */
public interface IoLoop extends Executor {

	/**
	 * Runs a task on the loop; at once in a later turn, in the order of the calls.
	 * @param task the task
	 */
	@Override
	void execute(Runnable task);

	/**
	 * Whether this thread is the loop's.
	 * @return whether it is
	 */
	boolean inLoop();

	/**
	 * Whether the loop sleeps in its selector. While it does not, it flushes what was
	 * enqueued before it sleeps again.
	 * @return whether it sleeps, or is about to
	 */
	boolean isParked();

	/**
	 * Runs a task once, later.
	 * @param task run on the loop
	 * @param delayNanos delay in nanoseconds
	 * @return cancels it
	 */
	Timer schedule(Runnable task, long delayNanos);

	/**
	 * Closes what is registered, ends the thread. Idempotent.
	 */
	void close();

	/**
	 * A scheduled task.
	 */
	interface Timer {

		/**
		 * Makes sure that it does not run any more. Any thread.
		 */
		void cancel();

	}

}
