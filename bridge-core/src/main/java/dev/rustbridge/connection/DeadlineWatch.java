package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;

/**
 * One timer for the deadlines of all calls of a bridge. It knows only the earliest moment
 * at which any of them may expire; then all pending calls are looked at once. A call that
 * ends in time, as nearly all do, costs one comparison.
 */
public final class DeadlineWatch {

	/** No moment: nothing is watched. */
	public static final long NEVER = Long.MAX_VALUE;

	private final IoLoop loop;

	private LongUnaryOperator sweep = (now) -> NEVER;

	private final long epoch;

	private final AtomicLong earliest = new AtomicLong(NEVER);

	private IoLoop.@Nullable Timer timer;

	/**
	 * Makes a watch.
	 * @param loop where it runs
	 */
	public DeadlineWatch(IoLoop loop) {
		this.loop = loop;
		this.epoch = loop.nanoTime();
	}

	/**
	 * Says what is watched. Once, before anything is.
	 * @param sweep expires what is due at the given moment, and tells the next one or
	 * {@link #NEVER}; called on the loop
	 */
	public void sweepBy(LongUnaryOperator sweep) {
		this.sweep = sweep;
	}

	/**
	 * The present moment.
	 * @return nanoseconds since this watch was made
	 */
	public long now() {
		return this.loop.nanoTime() - this.epoch;
	}

	/**
	 * The moment at which the loop's current turn began: costs nothing. On the loop.
	 * @return nanoseconds since this watch was made
	 */
	public long turnTime() {
		return this.loop.turnTime() - this.epoch;
	}

	/**
	 * Sees to it that the moment is not missed. Any thread.
	 * @param moment a moment on the scale of {@link #now()}
	 */
	public void watch(long moment) {
		if (moment >= this.earliest.get()) {
			return;
		}
		long before = this.earliest.getAndAccumulate(moment, Math::min);
		if (moment < before) {
			this.loop.execute(this::arm);
		}
	}

	private void arm() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
		long moment = this.earliest.get();
		if (moment != NEVER) {
			this.timer = this.loop.schedule(this::fire, Math.max(0, moment - now()));
		}
	}

	private void fire() {
		this.timer = null;
		// from here on new calls ask for themselves
		this.earliest.set(NEVER);
		long next = this.sweep.applyAsLong(now());
		if (next != NEVER) {
			watch(next);
		}
	}

}
