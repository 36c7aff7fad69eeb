package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Operators;

/**
 * What a subscriber has asked for and what it was given. Any thread asks, the loop gives.
 */
final class Demand {

	/** All that was ever requested; saturates, which stands for no limit. */
	private final AtomicLong requested = new AtomicLong();

	/** All that was given; written on the loop. */
	private final AtomicLong given = new AtomicLong();

	/**
	 * Asks for more.
	 * @param n how many
	 * @return whether nothing was left of what had been asked for before
	 */
	boolean request(long n) {
		return this.requested.getAndAccumulate(n, Operators::addCap) <= this.given.get();
	}

	void gave() {
		this.given.lazySet(this.given.get() + 1);
	}

	boolean isLeft() {
		return this.given.get() < this.requested.get();
	}

	/**
	 * What may still be given.
	 * @return how many, {@link Long#MAX_VALUE} for any number
	 */
	long left() {
		long all = this.requested.get();
		return (all == Long.MAX_VALUE) ? all : all - this.given.get();
	}

}
