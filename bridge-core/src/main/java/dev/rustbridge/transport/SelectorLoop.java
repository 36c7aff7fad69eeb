package dev.rustbridge.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;

/**
 * A loop over a JDK selector.
 *
 * <p>
 * <b>Why no wake-up is lost.</b> {@link #state} is AWAKE while the loop turns. To park,
 * the loop first sets PARKED and only then looks once more at the tasks, the outboxes and
 * the request to close. Everybody else first puts in and only then reads the state. Both
 * orders hold in the total order of volatile accesses, so either the loop sees what was
 * put in, and turns once more, or the other thread sees PARKED. The one that moves PARKED
 * to AWAKE wakes the selector: one system call each time it parks, however many threads
 * put in; a wake-up that comes before the loop has entered {@code select} makes that
 * return at once, one that comes after it has left costs one empty turn. Whoever only
 * fills an outbox and sees PARKED writes by itself and wakes nobody.
 */
final class SelectorLoop implements IoLoop {

	static final int READ_SIZE = 64 * 1024;

	private static final LoopLog logger = LoopLog.of(SelectorLoop.class);

	private static final int AWAKE = 0;

	private static final int PARKED = 1;

	/** So that times compare by difference, with those long past too. */
	private static final long LONGEST_DELAY = Long.MAX_VALUE / 2;

	private final String bridge;

	private final AtomicInteger state = new AtomicInteger(PARKED);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Outboxes outboxes = new Outboxes(this::report);

	private final LoopTimers timers = new LoopTimers();

	private final Consumer<SelectionKey> dispatch = this::dispatch;

	/** What a task queue is run up to: tasks that put themselves in again wait a turn. */
	private final Runnable turnEnd = () -> {
	};

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_SIZE);

	private final byte[] bytes = new byte[READ_SIZE];

	private volatile @Nullable Selector selector;

	private volatile @Nullable Thread thread;

	private volatile boolean closing;

	private volatile boolean ended;

	/** When this turn began; 0 while the loop is parked. */
	private volatile long turnStarted;

	private final Sleep sleep = new Sleep(this::wakeUp);

	SelectorLoop(String bridge) {
		this.bridge = bridge;
	}

	/**
	 * The loop as links over channels need it.
	 * @param loop any loop
	 * @return the same
	 */
	static SelectorLoop of(IoLoop loop) {
		if (loop instanceof SelectorLoop selectorLoop) {
			return selectorLoop;
		}
		throw new IllegalArgumentException("A link over a channel needs a loop made by IoLoop.open, not " + loop);
	}

	@Override
	public void execute(Runnable task) {
		start();
		this.tasks.add(task);
		// the last thing the loop does is to set ended and then to run what waits
		if (this.ended && this.tasks.remove(task)) {
			throw rejected();
		}
		wakeUp();
	}

	@Override
	public boolean inLoop() {
		return Thread.currentThread() == this.thread;
	}

	@Override
	public boolean isParked() {
		return this.state.get() == PARKED;
	}

	@Override
	public void register(Outbox outbox) {
		this.outboxes.add(outbox);
		// what was put in before may have been left to the loop
		wakeUp();
	}

	@Override
	public void unregister(Outbox outbox) {
		this.outboxes.remove(outbox);
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		LoopTimers.Timeout timeout = new LoopTimers.Timeout(task,
				nanoTime() + Math.min(Math.max(0, delayNanos), LONGEST_DELAY));
		if (inLoop()) {
			this.timers.add(timeout);
		}
		else {
			execute(() -> this.timers.add(timeout));
		}
		return timeout;
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public long turnTime() {
		return this.turnStarted;
	}

	@Override
	public long turnNanos() {
		long started = this.turnStarted;
		return (started != 0) ? Math.max(0, System.nanoTime() - started) : 0;
	}

	@Override
	public @Nullable Thread thread() {
		return this.thread;
	}

	@Override
	public void close() {
		synchronized (this) {
			this.closing = true;
			if (this.thread == null) {
				this.ended = true;
				return;
			}
		}
		wakeUp();
	}

	@Override
	public String toString() {
		return "SelectorLoop[" + this.bridge + ']';
	}

	/**
	 * Registers a channel. On the loop.
	 * @param channel a non-blocking channel
	 * @param ops what it is interested in
	 * @param endpoint told what is ready
	 * @return the key
	 * @throws IOException when the channel is closed
	 */
	SelectionKey register(SocketChannel channel, int ops, LoopChannel endpoint) throws IOException {
		return channel.register(openSelector(), ops, endpoint);
	}

	/**
	 * Reads once, into the buffer that all links of the loop share. On the loop.
	 * @param channel where from
	 * @return how many bytes are in {@link #bytes()}, 0 if there are none now, -1 at the
	 * end
	 * @throws IOException when the connection is broken
	 */
	int read(SocketChannel channel) throws IOException {
		this.buffer.clear();
		int count = channel.read(this.buffer);
		if (count > 0) {
			this.buffer.get(0, this.bytes, 0, count);
		}
		return count;
	}

	byte[] bytes() {
		return this.bytes;
	}

	@Override
	public void wakeUp() {
		if (this.state.get() == PARKED && this.state.compareAndSet(PARKED, AWAKE)) {
			Selector selector = this.selector;
			if (selector != null) {
				selector.wakeup();
			}
		}
	}

	void report(String what, Throwable failure) {
		logger.error("Bridge '{}': {} failed on the I/O thread, which goes on", this.bridge, what, failure);
	}

	private void start() {
		if (this.thread != null) {
			return;
		}
		synchronized (this) {
			if (this.ended) {
				throw rejected();
			}
			if (this.thread == null) {
				try {
					this.selector = Selector.open();
				}
				catch (IOException ex) {
					throw new UncheckedIOException("Bridge '" + this.bridge
							+ "': no selector could be opened; are there too many open files (ulimit -n)?", ex);
				}
				this.sleep.watch();
				Thread thread = new LoopThread(this::run, this.bridge);
				this.thread = thread;
				thread.start();
			}
		}
	}

	private RejectedExecutionException rejected() {
		return new RejectedExecutionException("The I/O loop of bridge '" + this.bridge + "' has been closed");
	}

	private void run() {
		Selector selector = openSelector();
		@Nullable IOException broken = null;
		while (!this.closing && broken == null) {
			try {
				turn(selector);
			}
			catch (IOException ex) {
				logger.error("Bridge '{}': the selector failed, all connections are lost", this.bridge, ex);
				broken = ex;
			}
			catch (Throwable ex) {
				report("A turn", ex);
			}
		}
		end(selector, broken);
	}

	private void turn(Selector selector) throws IOException {
		select(selector);
		runTasks();
		runTimers();
		this.outboxes.flush();
		// user code that was interrupted must not make select spin
		Thread.interrupted();
	}

	private void select(Selector selector) throws IOException {
		// what became due since the turn began is left to the alarm: that is rare, and a
		// look at the clock is not free
		long now = (this.turnStarted != 0) ? this.turnStarted : System.nanoTime();
		long delay = this.timers.nanosToNext(now);
		if (delay > 0 && this.tasks.isEmpty()) {
			long due = (delay != Long.MAX_VALUE) ? Alarm.moment(now) + delay : Alarm.NEVER;
			this.sleep.until(due);
			this.turnStarted = 0;
			this.state.set(PARKED);
			// the last: the alarm may have rung before we were asleep
			if (!this.closing && this.tasks.isEmpty() && !this.outboxes.isAnyPending() && this.sleep.isUntil(due)) {
				selector.select(this.dispatch);
				awake();
				return;
			}
		}
		this.state.set(AWAKE);
		this.turnStarted = System.nanoTime() | 1;
		selector.selectNow(this.dispatch);
	}

	/** Before user code can run: the state must say AWAKE while it does. */
	private void awake() {
		if (this.turnStarted == 0) {
			this.state.set(AWAKE);
			this.turnStarted = System.nanoTime() | 1;
		}
	}

	private void dispatch(SelectionKey key) {
		awake();
		try {
			((LoopChannel) key.attachment()).onReady(key.readyOps());
		}
		catch (CancelledKeyException ex) {
			logger.debug("Closed while it became ready", ex);
		}
		catch (Throwable ex) {
			report("A link", ex);
		}
	}

	private void runTasks() {
		if (this.tasks.isEmpty()) {
			return;
		}
		this.tasks.add(this.turnEnd);
		Runnable task = this.tasks.poll();
		while (task != null && task != this.turnEnd) {
			run("A task", task);
			task = this.tasks.poll();
		}
	}

	private void runTimers() {
		// as of the turn's begin: a timer of no delay runs in the next turn
		long now = this.turnStarted;
		Runnable due = this.timers.pollDue(now);
		while (due != null) {
			run("A timer", due);
			due = this.timers.pollDue(now);
		}
	}

	private void run(String what, Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			report(what, ex);
		}
	}

	private void end(Selector selector, @Nullable IOException broken) {
		runTasks();
		for (SelectionKey key : List.copyOf(selector.keys())) {
			LoopChannel channel = (LoopChannel) key.attachment();
			if (broken != null) {
				run("A link", () -> channel.fail(broken));
			}
			run("Closing a link", channel::close);
		}
		try {
			selector.close();
		}
		catch (IOException ex) {
			logger.warn("Bridge '{}': the selector could not be closed", this.bridge, ex);
		}
		this.sleep.forget();
		this.ended = true;
		runTasks();
		this.turnStarted = 0;
		this.thread = null;
	}

	private Selector openSelector() {
		Selector selector = this.selector;
		if (selector == null) {
			throw new IllegalStateException("The loop of bridge '" + this.bridge + "' has not started");
		}
		return selector;
	}

	/** A thread in which Reactor refuses to block. */
	private static final class LoopThread extends ServiceThread implements NonBlocking {

		LoopThread(Runnable loop, String bridge) {
			super(loop, "rustbridge-" + bridge);
		}

	}

}
