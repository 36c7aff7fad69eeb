package dev.rustbridge.protocol;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A few things that cost something to make, for any number of threads, virtual ones too.
 * A thread finds the one it used last, mostly; when another one has it, a new one is
 * made, so that no thread ever waits, and whoever uses one may, within that, use another.
 *
 * @param <T> what is pooled: used by one thread at a time
 */
final class SlotPool<T> {

	private static final int SLOTS = 16;

	/** Distance between slots, so that two threads do not share a cache line. */
	private static final int STRIDE = 16;

	private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS * STRIDE);

	private final Supplier<T> factory;

	SlotPool(Supplier<T> factory) {
		this.factory = factory;
	}

	T take() {
		T pooled = this.slots.getAndSet(slot(), null);
		return (pooled != null) ? pooled : this.factory.get();
	}

	void giveBack(T pooled) {
		// enough to hand it over: nobody waits for it
		this.slots.setRelease(slot(), pooled);
	}

	private static int slot() {
		long id = Thread.currentThread().getId();
		return (int) (id & SLOTS - 1) * STRIDE;
	}

}
