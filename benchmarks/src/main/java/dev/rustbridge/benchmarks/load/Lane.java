package dev.rustbridge.benchmarks.load;

import dev.rustbridge.benchmarks.Messages.Echo;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call in flight, again and again: its params, the check of its answer, and its
 * clock. Used by one thread at a time, which hands it on safely.
 */
public final class Lane {

	/** One call in so many is timed: reading the clock is not free. */
	private static final int TIMED_ONE_IN = 8;

	private final Echo ask;

	private final Load load;

	private final int timedOneIn;

	private final Consumer<Lane> whenAnswered;

	private long calls;

	private long sentAt;

	/** The lane below this one on a stack of lanes that are ready to be sent. */
	@Nullable Lane below;

	Lane(long seq, Load load, int inFlight, Consumer<Lane> whenAnswered) {
		this.ask = new Echo(seq, "the quick brown fox");
		this.load = load;
		this.timedOneIn = inFlight == 1 ? 1 : TIMED_ONE_IN;
		this.whenAnswered = whenAnswered;
	}

	/** The params; they stay the same, so that a client may build its request once. */
	public Echo ask() {
		return ask;
	}

	/** To be called right before a send. */
	public void sending() {
		if (calls % timedOneIn == 0) {
			sentAt = System.nanoTime();
		}
	}

	/**
	 * Checks and counts an answer, and does what comes after it: the next send, or the
	 * end.
	 */
	public void answered(long seq, String text) {
		if (count(seq, text)) {
			whenAnswered.accept(this);
		}
	}

	/**
	 * Checks and counts an answer; for clients that repeat by themselves.
	 * @return whether to go on
	 */
	public boolean count(long seq, String text) {
		if (seq != ask.seq() || !text.equals(ask.text())) {
			failed(new IllegalStateException("sent " + ask + ", got seq " + seq + " and text " + text));
			return false;
		}
		if (calls++ % timedOneIn == 0) {
			load.times().record(System.nanoTime() - sentAt);
		}
		if (load.isRunning()) {
			return true;
		}
		load.ended(calls);
		return false;
	}

	/** Ends the whole load: one lost or wrong answer spoils the measurement. */
	public void failed(Throwable why) {
		load.failed(why);
	}

	/**
	 * Lanes that were answered, waiting for their producer: any thread pushes, one takes
	 * all.
	 */
	static final class Ready {

		private final AtomicReference<@Nullable Lane> top = new AtomicReference<>();

		/** True if the stack was empty. */
		boolean push(Lane lane) {
			while (true) {
				Lane old = top.get();
				lane.below = old;
				if (top.compareAndSet(old, lane)) {
					return old == null;
				}
			}
		}

		@Nullable Lane takeAll() {
			return top.get() == null ? null : top.getAndSet(null);
		}

		boolean isEmpty() {
			return top.get() == null;
		}

	}

}
