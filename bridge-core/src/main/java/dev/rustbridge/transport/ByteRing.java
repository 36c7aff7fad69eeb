package dev.rustbridge.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of bytes between one producer and one consumer, without a lock: neither
 * ever waits for the other in here.
 */
final class ByteRing {

	private final byte[] bytes;

	private final AtomicLong produced = new AtomicLong();

	private final AtomicLong consumed = new AtomicLong();

	/**
	 * Makes a ring.
	 * @param capacity a power of two
	 */
	ByteRing(int capacity) {
		if (Integer.bitCount(capacity) != 1) {
			throw new IllegalArgumentException("The capacity must be a power of two, not " + capacity);
		}
		this.bytes = new byte[capacity];
	}

	byte[] array() {
		return this.bytes;
	}

	/** Any thread. */
	int available() {
		return (int) (this.produced.get() - this.consumed.get());
	}

	/** Any thread. */
	int free() {
		return this.bytes.length - available();
	}

	/** Whether at least half of it is free: worth to tell a producer. Any thread. */
	boolean isRoomy() {
		return free() >= this.bytes.length / 2;
	}

	/** Puts in what there is room for. The producer. */
	int offer(ByteBuffer source) {
		int total = 0;
		int room = contiguousFree();
		while (room > 0 && source.hasRemaining()) {
			int count = Math.min(room, source.remaining());
			source.get(this.bytes, producedIndex(), count);
			produced(count);
			total += count;
			room = contiguousFree();
		}
		return total;
	}

	/** Where to put bytes in. The producer. */
	int producedIndex() {
		return (int) this.produced.get() & (this.bytes.length - 1);
	}

	/** How many may be put in there. The producer. */
	int contiguousFree() {
		return Math.min(free(), this.bytes.length - producedIndex());
	}

	/** They have been put in. The producer. */
	void produced(int count) {
		this.produced.set(this.produced.get() + count);
	}

	/** Where to take bytes from. The consumer. */
	int consumedIndex() {
		return (int) this.consumed.get() & (this.bytes.length - 1);
	}

	/** How many can be taken from there. The consumer. */
	int contiguousAvailable() {
		return Math.min(available(), this.bytes.length - consumedIndex());
	}

	/** How many have been taken in all. Any thread. */
	long consumed() {
		return this.consumed.get();
	}

	/** They have been taken. The consumer. */
	void consumed(int count) {
		this.consumed.set(this.consumed.get() + count);
	}

}
