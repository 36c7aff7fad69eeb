package dev.rustbridge.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Runs what it is given on a thread of its own, one after the other. Whoever gives never
 * waits, not even for a lock, as it would in a thread pool. An idle application has no
 * such thread.
 */
final class LogWriter {

	private static final int MAX_WAITING = 4096;

	private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final Queue<Runnable> lines = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	/** The thread that takes lines, or is about to end and looks once more. */
	private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();

	/**
	 * Takes a line. Any thread.
	 * @param line writes it
	 * @return {@code false} if too many wait already
	 */
	boolean offer(Runnable line) {
		if (this.waiting.get() >= MAX_WAITING) {
			return false;
		}
		this.lines.add(line);
		if (this.waiting.getAndIncrement() == 0 || this.worker.get() == null) {
			wake();
		}
		return true;
	}

	private void wake() {
		Thread current = this.worker.get();
		if (current != null) {
			LockSupport.unpark(current);
			return;
		}
		Thread created = new ServiceThread(this::run, "rustbridge-log");
		if (this.worker.compareAndSet(null, created)) {
			try {
				created.start();
			}
			catch (Throwable ex) {
				// the next line tries again
				this.worker.set(null);
				throw ex;
			}
		}
	}

	private void run() {
		do {
			boolean idle = false;
			while (!idle) {
				writeAll();
				long until = System.nanoTime() + IDLE_NANOS;
				while (this.waiting.get() == 0 && !idle) {
					LockSupport.parkNanos(this, Math.max(1, until - System.nanoTime()));
					idle = System.nanoTime() - until >= 0;
				}
				idle = idle && this.waiting.get() == 0;
			}
			this.worker.set(null);
			// a line may have come in between, whose giver saw this thread
		}
		while (this.waiting.get() > 0 && this.worker.compareAndSet(null, Thread.currentThread()));
	}

	private void writeAll() {
		Runnable line = this.lines.poll();
		while (line != null) {
			this.waiting.decrementAndGet();
			write(line);
			line = this.lines.poll();
		}
	}

	private static void write(Runnable line) {
		try {
			line.run();
		}
		catch (RuntimeException ex) {
			// an appender that fails has nowhere to tell it but here
			Thread.UncaughtExceptionHandler handler = Thread.currentThread().getUncaughtExceptionHandler();
			handler.uncaughtException(Thread.currentThread(), ex);
		}
	}

}
