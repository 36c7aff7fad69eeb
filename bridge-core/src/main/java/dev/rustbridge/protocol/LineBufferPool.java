package dev.rustbridge.protocol;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few line buffers for any number of threads, virtual ones too. A thread finds the
 * buffer it used last, mostly; when another one has it, a new one is made, so that no
 * thread ever waits and a serializer may itself encode.
 */
final class LineBufferPool {

	private static final int SLOTS = 16;

	/** Distance between slots, so that two threads do not share a cache line. */
	private static final int STRIDE = 16;

	private final AtomicReferenceArray<LineBuffer> slots = new AtomicReferenceArray<>(SLOTS * STRIDE);

	private final Supplier<LineBuffer> factory;

	LineBufferPool(Supplier<LineBuffer> factory) {
		this.factory = factory;
	}

	LineBuffer take() {
		LineBuffer buffer = this.slots.getAndSet(slot(), null);
		return (buffer != null) ? buffer : this.factory.get();
	}

	void giveBack(LineBuffer buffer) {
		buffer.reset();
		this.slots.set(slot(), buffer);
	}

	private static int slot() {
		long id = Thread.currentThread().getId();
		return (int) (id & SLOTS - 1) * STRIDE;
	}

}
