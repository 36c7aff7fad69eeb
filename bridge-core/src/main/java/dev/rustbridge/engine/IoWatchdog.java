package dev.rustbridge.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import dev.rustbridge.transport.ServiceThread;
import org.jspecify.annotations.Nullable;

/**
 * Watches the I/O threads of all bridges for user code that holds them: one thread, which
 * looks once a second as long as nothing is held, and ends with the last loop. Not the
 * thread that wakes loops for their timers, though that would be one less: here listeners
 * and loggers are told, and no timer may wait for them.
 */
final class IoWatchdog {

	/** It was not run itself for so long: that proves nothing against the loops. */
	private static final long STALL = Duration.ofMillis(500).toNanos();

	private static @Nullable IoWatchdog running;

	private final List<LoopWatch> watched = new CopyOnWriteArrayList<>();

	private final Thread thread;

	private IoWatchdog() {
		this.thread = new ServiceThread(this::run, "rustbridge-watchdog");
	}

	/**
	 * Begins to watch a loop that runs; once more does nothing. Any thread.
	 * @param watch looks at the loop
	 */
	static synchronized void watch(LoopWatch watch) {
		IoWatchdog watchdog = running;
		if (watchdog == null) {
			watchdog = new IoWatchdog();
			running = watchdog;
			watchdog.watched.add(watch);
			watchdog.thread.start();
		}
		else if (!watchdog.watched.contains(watch)) {
			watchdog.watched.add(watch);
		}
	}

	/**
	 * Watches a loop no more, because it ends. Any thread.
	 * @param watch what looked at it
	 */
	static synchronized void forget(LoopWatch watch) {
		IoWatchdog watchdog = running;
		if (watchdog != null && watchdog.watched.remove(watch)) {
			LockSupport.unpark(watchdog.thread);
		}
	}

	private void run() {
		long pause = LoopWatch.LIMIT;
		while (!endIfIdle()) {
			long dueAt = System.nanoTime() + pause;
			LockSupport.parkNanos(this, pause);
			pause = (System.nanoTime() - dueAt > STALL) ? STALL : look();
		}
	}

	private long look() {
		long next = LoopWatch.LIMIT;
		for (LoopWatch watch : this.watched) {
			next = Math.min(next, watch.look());
		}
		return next;
	}

	private boolean endIfIdle() {
		synchronized (IoWatchdog.class) {
			this.watched.removeIf(LoopWatch::isOver);
			if (!this.watched.isEmpty()) {
				return false;
			}
			running = null;
			return true;
		}
	}

}
