package dev.rustbridge.connection;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;

/**
 * A loop whose thread is whichever actor says so. Its clock stands still, its timers never
 * come.
 */
public final class StressLoop implements IoLoop {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final List<Outbox> outboxes = new CopyOnWriteArrayList<>();

	private volatile @Nullable Thread thread;

	private volatile boolean parked;

	private volatile boolean woken;

	/** Makes the calling thread the loop's for the time of a step. */
	void turn(Runnable step) {
		this.thread = Thread.currentThread();
		step.run();
		this.thread = null;
	}

	/**
	 * Turns until nothing is left to do: tasks, and what waits to be written.
	 * @param step what to begin with
	 */
	public void turnUntilQuiet(Runnable step) {
		turn(() -> {
			step.run();
			boolean busy = true;
			while (busy) {
				Runnable task = this.tasks.poll();
				busy = task != null;
				if (task != null) {
					task.run();
				}
				for (Outbox outbox : this.outboxes) {
					if (outbox.hasPending()) {
						outbox.flush();
						busy = true;
					}
				}
			}
		});
	}

	/** Runs what was left to the loop, when all actors are done. */
	void finish() {
		turn(() -> {
			Runnable task = this.tasks.poll();
			while (task != null) {
				task.run();
				task = this.tasks.poll();
			}
		});
	}

	/**
	 * What a loop does before it sleeps, as {@link IoLoop.Outbox} asks for.
	 * @return whether it would sleep now
	 */
	boolean park(Outbox outbox) {
		this.parked = true;
		if (!outbox.hasPending()) {
			return true;
		}
		this.parked = false;
		outbox.flush();
		return false;
	}

	boolean isWoken() {
		return this.woken;
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
	}

	@Override
	public boolean inLoop() {
		return Thread.currentThread() == this.thread;
	}

	@Override
	public boolean isParked() {
		return this.parked;
	}

	@Override
	public void wakeUp() {
		if (this.parked) {
			this.woken = true;
		}
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
		return () -> {
		};
	}

	@Override
	public long nanoTime() {
		return 0;
	}

	@Override
	public long turnTime() {
		return 0;
	}

	@Override
	public long turnNanos() {
		return 0;
	}

	@Override
	public @Nullable Thread thread() {
		return this.thread;
	}

	@Override
	public void close() {
	}

}
