package dev.rustbridge.transport;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A loop that turns when a test says so, on the test's thread, with a clock that the test
 * moves: for links in memory.
 */
public final class ManualLoop implements IoLoop {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Set<Outbox> outboxes = new LinkedHashSet<>();

	private final LoopTimers timers = new LoopTimers();

	private long now;

	private boolean turning;

	private boolean closed;

	/**
	 * Runs all that is to be run now.
	 */
	public void run() {
		this.turning = true;
		try {
			while (turn()) {
				// until nothing is left
			}
		}
		finally {
			this.turning = false;
		}
	}

	/**
	 * Moves the clock, from timer to timer, and runs what is due at each.
	 * @param time how far
	 * @param unit of the time
	 */
	public void advance(long time, TimeUnit unit) {
		run();
		long end = this.now + unit.toNanos(time);
		long next = this.timers.nanosToNext(this.now);
		while (next <= end - this.now) {
			this.now += next;
			run();
			next = this.timers.nanosToNext(this.now);
		}
		this.now = end;
	}

	private boolean turn() {
		boolean ran = false;
		Runnable task = this.tasks.poll();
		if (task == null) {
			task = this.timers.pollDue(this.now);
		}
		if (task != null) {
			task.run();
			ran = true;
		}
		for (Outbox outbox : List.copyOf(this.outboxes)) {
			if (outbox.hasPending()) {
				outbox.flush();
				ran = true;
			}
		}
		return ran;
	}

	@Override
	public void execute(Runnable task) {
		if (this.closed) {
			throw new RejectedExecutionException("The loop has been closed");
		}
		this.tasks.add(task);
	}

	@Override
	public boolean inLoop() {
		return this.turning;
	}

	@Override
	public void wakeUp() {
		// it turns when the test says so
	}

	@Override
	public boolean isParked() {
		return !this.turning;
	}

	@Override
	public void register(Outbox outbox) {
		this.outboxes.add(outbox);
	}

	@Override
	public void unregister(Outbox outbox) {
		this.outboxes.remove(outbox);
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		LoopTimers.Timeout timeout = new LoopTimers.Timeout(task, this.now + Math.max(0, delayNanos));
		this.timers.add(timeout);
		return timeout;
	}

	@Override
	public long nanoTime() {
		return this.now;
	}

	@Override
	public long turnTime() {
		return this.now;
	}

	@Override
	public long turnNanos() {
		return 0;
	}

	@Override
	public @Nullable Thread thread() {
		return null;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
