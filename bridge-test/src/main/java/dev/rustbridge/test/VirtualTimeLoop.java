package dev.rustbridge.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The I/O thread of a bridge in a test. Its clock is the machine's, and while Reactor's
 * virtual time is in force that one moves it as well: a test that advances it by 30 s
 * meets the timeouts and the delays of these 30 s.
 * <p>
 * <b>Why no delay is missed.</b> A test's thread subscribes, and then advances the time;
 * what its command sets off happens on the I/O thread meanwhile. So whoever hands
 * something to the loop also leaves a task one virtual nanosecond ahead, which is met
 * first, and waits until the loop has nothing left to do. What is scheduled by then is
 * still ahead of the time that is being advanced to.
 */
final class VirtualTimeLoop implements IoLoop {

	private static final Logger logger = LoggerFactory.getLogger(VirtualTimeLoop.class);

	/** For what lies between two tasks that wait: a nanosecond each. */
	private static final long SLACK = 1_000;

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

	private final IoLoop delegate;

	private final Set<VirtualTimer> timers = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean settling = new AtomicBoolean();

	private @Nullable VirtualTimeScheduler adopted;

	/**
	 * How far all virtual times together have moved the clock, and this one up to now.
	 */
	private long moved;

	private long movedByThis;

	VirtualTimeLoop(IoLoop delegate) {
		this.delegate = delegate;
	}

	@Override
	public void execute(Runnable task) {
		this.delegate.execute(task);
		settleLater();
	}

	@Override
	public boolean inLoop() {
		return this.delegate.inLoop();
	}

	@Override
	public boolean isParked() {
		settleLater();
		return this.delegate.isParked();
	}

	@Override
	public void wakeUp() {
		this.delegate.wakeUp();
		settleLater();
	}

	@Override
	public void register(Outbox outbox) {
		this.delegate.register(outbox);
	}

	@Override
	public void unregister(Outbox outbox) {
		this.delegate.unregister(outbox);
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		VirtualTimer timer = new VirtualTimer(task, nanoTime() + Math.min(Math.max(0, delayNanos), Long.MAX_VALUE / 2));
		this.timers.add(timer);
		timer.real = this.delegate.schedule(timer::run, delayNanos);
		VirtualTimeScheduler virtual = virtualTime();
		if (virtual != null) {
			timer.runBy(virtual);
		}
		return timer;
	}

	@Override
	public long nanoTime() {
		VirtualTimeScheduler virtual = virtualTime();
		synchronized (this) {
			if (virtual != null) {
				long now = virtual.now(TimeUnit.NANOSECONDS);
				this.moved += Math.max(0, now - this.movedByThis);
				this.movedByThis = now;
			}
			return System.nanoTime() + this.moved;
		}
	}

	@Override
	public long turnTime() {
		return nanoTime();
	}

	@Override
	public long turnNanos() {
		return this.delegate.turnNanos();
	}

	@Override
	public @Nullable Thread thread() {
		return this.delegate.thread();
	}

	@Override
	public void close() {
		this.delegate.close();
	}

	/**
	 * The virtual time, if one is in force. A new one takes over the timers that wait.
	 */
	private @Nullable VirtualTimeScheduler virtualTime() {
		VirtualTimeScheduler virtual = current();
		if (virtual == null) {
			return null;
		}
		synchronized (this) {
			if (this.adopted == virtual) {
				return virtual;
			}
			this.adopted = virtual;
			this.movedByThis = virtual.now(TimeUnit.NANOSECONDS);
		}
		this.settling.set(false);
		this.timers.forEach((timer) -> timer.runBy(virtual));
		return virtual;
	}

	private static @Nullable VirtualTimeScheduler current() {
		if (!VirtualTimeScheduler.isFactoryEnabled()) {
			return null;
		}
		try {
			return VirtualTimeScheduler.get();
		}
		catch (IllegalStateException ex) {
			logger.trace("It has just ended", ex);
			return null;
		}
	}

	private void settleLater() {
		VirtualTimeScheduler virtual = virtualTime();
		if (virtual != null && !inLoop() && this.settling.compareAndSet(false, true)) {
			schedule(virtual, () -> {
				this.settling.set(false);
				settle();
			}, 1);
		}
	}

	/** Waits until the loop has nothing left to do. */
	private void settle() {
		if (inLoop()) {
			return;
		}
		long limit = System.nanoTime() + PATIENCE;
		CountDownLatch turn = new CountDownLatch(1);
		try {
			this.delegate.execute(turn::countDown);
			if (!turn.await(PATIENCE, TimeUnit.NANOSECONDS)) {
				logger.warn("The I/O thread is busy: virtual time goes on without it");
				return;
			}
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The bridge has been closed", ex);
			return;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		while (!this.delegate.isParked() && System.nanoTime() - limit < 0) {
			LockSupport.parkNanos(10_000);
		}
	}

	private static void schedule(VirtualTimeScheduler virtual, Runnable task, long delayNanos) {
		try {
			virtual.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The virtual time has ended: the real one goes on", ex);
		}
	}

	/**
	 * A task that runs once, by the clock that gets there first.
	 */
	private final class VirtualTimer implements Timer {

		private final Runnable task;

		private final long deadline;

		private final AtomicBoolean done = new AtomicBoolean();

		private volatile @Nullable Timer real;

		VirtualTimer(Runnable task, long deadline) {
			this.task = task;
			this.deadline = deadline;
		}

		void runBy(VirtualTimeScheduler virtual) {
			VirtualTimeLoop.schedule(virtual, this::runVirtually, Math.max(0, this.deadline - nanoTime() - SLACK));
		}

		private void runVirtually() {
			if (!this.done.get()) {
				try {
					VirtualTimeLoop.this.delegate.execute(this::run);
				}
				catch (RejectedExecutionException ex) {
					logger.trace("The bridge has been closed", ex);
				}
				settle();
			}
		}

		/** On the loop. */
		private void run() {
			if (end()) {
				this.task.run();
			}
		}

		@Override
		public void cancel() {
			end();
		}

		private boolean end() {
			if (!this.done.compareAndSet(false, true)) {
				return false;
			}
			VirtualTimeLoop.this.timers.remove(this);
			Timer timer = this.real;
			if (timer != null) {
				timer.cancel();
			}
			return true;
		}

	}

}
