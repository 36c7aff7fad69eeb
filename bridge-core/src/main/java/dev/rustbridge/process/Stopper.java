package dev.rustbridge.process;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.Shutdown;
import dev.rustbridge.transport.ServiceThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a process in stages, each with its time: the end of stdin, SIGTERM, SIGKILL, and
 * then the processes that it started. Those of a process that ended by itself bear no
 * trace of it but the mark of its launch. It looks whether the process lives at short
 * intervals, because a JDK tells of an exit on a pool that may be busy for seconds.
 */
final class Stopper {

	private static final Logger logger = LoggerFactory.getLogger(Stopper.class);

	private static final Duration INTERVAL = Duration.ofMillis(5);

	/** How long even SIGKILL may take: a process in the kernel's hands can't be ended. */
	static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);

	private static final ScheduledExecutorService SHARED = sharedExecutor();

	private final Process process;

	private final Shutdown times;

	private final @Nullable LaunchMark mark;

	private final AtomicBoolean started = new AtomicBoolean();

	private final CompletableFuture<Void> gone = new CompletableFuture<>();

	/** Known by handles, which bear the start time: a reused pid is never signalled. */
	private final Set<ProcessHandle> descendants = new LinkedHashSet<>();

	/** Of what it left behind, if it ended before it was asked to. */
	private CompletableFuture<Void> orphanSweep = CompletableFuture.completedFuture(null);

	private volatile boolean inHaste;

	private Stage stage = Stage.EXIT;

	private long stageSince;

	/**
	 * Makes the stopper of a process.
	 * @param process the process
	 * @param times the time of each stage, and what becomes of the descendants
	 * @param mark what its descendants bear, {@code null} if they are not marked
	 */
	Stopper(Process process, Shutdown times, @Nullable LaunchMark mark) {
		this.process = process;
		this.times = times;
		this.mark = mark;
	}

	/** One thread for all, which ends when there is nothing to stop. */
	private static ScheduledExecutorService sharedExecutor() {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1,
				(task) -> new ServiceThread(task, "rustbridge-stopper"));
		executor.setKeepAliveTime(200, TimeUnit.MILLISECONDS);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Begins, or goes on in haste. Never blocks, any thread, any number of times.
	 * @param endInput ends its stdin, once its descendants are known
	 * @param inHaste leaves out the wait for an exit without a signal
	 * @return completes once it is gone; a copy, so that nobody can end it early
	 */
	CompletableFuture<Void> stop(Runnable endInput, boolean inHaste) {
		if (inHaste) {
			this.inHaste = true;
		}
		if (this.started.compareAndSet(false, true)) {
			SHARED.execute(() -> begin(endInput));
		}
		return this.gone.copy();
	}

	private void begin(Runnable endInput) {
		try {
			rememberDescendants();
			sweepIfGone();
			endInput.run();
		}
		catch (RuntimeException ex) {
			logger.warn("The end of stdin of process {} could not be told", this.process.pid(), ex);
		}
		enter(Stage.EXIT);
		look();
	}

	private void look() {
		try {
			if (step()) {
				this.gone.complete(null);
			}
			else {
				SHARED.schedule(this::look, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (RuntimeException ex) {
			this.gone.completeExceptionally(ex);
		}
	}

	/** One look; whether everything is done. */
	private boolean step() {
		if (this.stage != Stage.SWEEP && !this.process.isAlive()) {
			enter(Stage.SWEEP);
			this.descendants.forEach(ProcessHandle::destroyForcibly);
		}
		switch (this.stage) {
			case EXIT -> {
				if (this.inHaste || isOver(this.times.exitTimeout())) {
					rememberDescendants();
					// Process.destroy() would close the pipes, and the last words with
					// them
					this.process.toHandle().destroy();
					enter(Stage.TERM);
				}
			}
			case TERM -> {
				if (isOver(this.times.killTimeout())) {
					rememberDescendants();
					logger.warn("Process {} ignored SIGTERM for {} ms; killing it", this.process.pid(),
							this.times.killTimeout().toMillis());
					this.process.toHandle().destroyForcibly();
					enter(Stage.KILL);
				}
			}
			case KILL -> {
				return isGivenUp(this.process.toHandle());
			}
			case SWEEP -> {
				return this.descendants.stream().allMatch((handle) -> isGone(handle) || isGivenUp(handle))
						&& isSweepOver();
			}
		}
		return false;
	}

	private void enter(Stage stage) {
		this.stage = stage;
		this.stageSince = System.nanoTime();
	}

	private boolean isOver(Duration time) {
		return System.nanoTime() - this.stageSince >= time.toNanos();
	}

	private boolean isGivenUp(ProcessHandle handle) {
		if (!isOver(GIVE_UP_AFTER)) {
			return false;
		}
		logger.error("Process {} survived SIGKILL for {} ms; it is left to the system", handle.pid(),
				GIVE_UP_AFTER.toMillis());
		return true;
	}

	/**
	 * Whether nothing of a process is left but its entry in the system's table.
	 */
	static boolean isGone(ProcessHandle handle) {
		return !handle.isAlive() || isZombie(handle);
	}

	/**
	 * A process without parent is reaped by the system's first process; where that is no
	 * real init, as in many containers, it stays in the table for ever, though nothing is
	 * left of it.
	 */
	private static boolean isZombie(ProcessHandle handle) {
		ProcStat stat = ProcStat.of(handle.pid());
		return stat != null && stat.isZombie();
	}

	/** Before the process ends: afterwards nobody knows any more whose they were. */
	private void rememberDescendants() {
		if (this.times.descendants() == Descendants.KILL) {
			this.process.descendants().forEach(this.descendants::add);
		}
	}

	/**
	 * If it has ended by itself, nobody knows its descendants. To be asked after they
	 * were looked for: when it is not gone even then, they were still its own.
	 */
	private void sweepIfGone() {
		if (this.mark != null && isGone(this.process.toHandle())) {
			this.orphanSweep = OrphanSweep.start(this.process.pid(), this.mark, this.times.killTimeout());
		}
	}

	/** It has its own bounds, but for a look at a process that the kernel holds up. */
	private boolean isSweepOver() {
		if (this.orphanSweep.isDone()) {
			return true;
		}
		if (!isOver(this.times.killTimeout().plus(GIVE_UP_AFTER).plus(GIVE_UP_AFTER))) {
			return false;
		}
		logger.error("The search for what process {} left behind does not end; it is given up", this.process.pid());
		return true;
	}

	private enum Stage {

		/** It may exit by itself. */
		EXIT,

		/** SIGTERM was sent. */
		TERM,

		/** SIGKILL was sent. */
		KILL,

		/** It is gone, its descendants may not be. */
		SWEEP

	}

}
