package dev.rustbridge.benchmarks.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The lanes of one run: when they stop, and what they came to. */
final class Load {

	/** How long the calls that are under way at the end may take. */
	private static final long GRACE_SECONDS = 10;

	private final Histogram times = new Histogram();

	private final LongAdder calls = new LongAdder();

	private final CountDownLatch lanes;

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private volatile boolean running = true;

	Load(int lanes) {
		this.lanes = new CountDownLatch(lanes);
	}

	Histogram times() {
		return times;
	}

	boolean isRunning() {
		return running;
	}

	void ended(long laneCalls) {
		calls.add(laneCalls);
		lanes.countDown();
	}

	void failed(Throwable why) {
		failure.compareAndSet(null, why);
		running = false;
		while (lanes.getCount() > 0) {
			lanes.countDown();
		}
	}

	/**
	 * Lets the lanes run until {@code deadline}, and waits for the last of their answers.
	 */
	Tally await(long start, long deadline) throws Exception {
		while (failure.get() == null && System.nanoTime() < deadline) {
			if (lanes.await(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS)) {
				break;
			}
		}
		running = false;
		if (!lanes.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
			throw new TimeoutException(lanes.getCount() + " calls got no answer within " + GRACE_SECONDS + " s");
		}
		Throwable why = failure.get();
		if (why != null) {
			throw new IllegalStateException("a call failed: " + why, why);
		}
		return new Tally(calls.sum(), System.nanoTime() - start, times);
	}

}
