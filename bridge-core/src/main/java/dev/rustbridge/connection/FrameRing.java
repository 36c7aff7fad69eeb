package dev.rustbridge.connection;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import dev.rustbridge.BridgeFrame.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The last frames in one direction of one connection. Written by one thread at a time, by
 * plain stores into slots that are there already; read by any thread, which leaves out
 * what was overwritten while it looked.
 */
final class FrameRing {

	/** How many frames are told. */
	static final int KEPT = 256;

	/** A few more, so that a reader need not outrun the writer. */
	private static final int SLOTS = KEPT + 16;

	private static final Kind[] KINDS = Kind.values();

	private final Slot[] slots = new Slot[SLOTS];

	/** Frames that were ever written. */
	private final AtomicLong written = new AtomicLong();

	private final LongSupplier clock;

	/** Where the next one goes; the writer's own. */
	private int next;

	/**
	 * Makes an empty ring.
	 * @param clock the present moment in nanoseconds, on the scale of the deadlines
	 */
	FrameRing(LongSupplier clock) {
		this.clock = clock;
		for (int i = 0; i < SLOTS; i++) {
			this.slots[i] = new Slot();
		}
	}

	/**
	 * The present moment, for frames that go out together.
	 * @return nanoseconds
	 */
	long now() {
		return this.clock.getAsLong();
	}

	/**
	 * Remembers a frame.
	 * @param nanos when, on the scale of the deadlines
	 * @param kind what it was
	 * @param sequence the number of our call, -1 for none
	 * @param id the id of the daemon's call, {@code null} for none
	 * @param name the method or event, where it is known
	 * @param size its bytes
	 */
	void record(long nanos, Kind kind, long sequence, @Nullable String id, @Nullable String name, int size) {
		Slot slot = this.slots[this.next];
		this.next = (this.next + 1 < SLOTS) ? this.next + 1 : 0;
		slot.nanos = nanos;
		slot.kind = (byte) kind.ordinal();
		slot.sequence = sequence;
		slot.size = size;
		// to write a reference costs a fence with most collectors, and it is the same one
		// more often than not
		if (slot.id != id) {
			slot.id = id;
		}
		if (slot.name != name) {
			slot.name = name;
		}
		this.written.setRelease(this.written.getPlain() + 1);
	}

	/**
	 * The frames that are in it. Any thread.
	 * @return the frames, oldest first
	 */
	List<Recorded> snapshot() {
		long end = this.written.getAcquire();
		long start = Math.max(0, end - KEPT);
		List<Recorded> copies = new ArrayList<>((int) (end - start));
		for (long number = start; number < end; number++) {
			copies.add(this.slots[(int) (number % SLOTS)].copy());
		}
		VarHandle.acquireFence();
		// up to the one whose slot is being written just now
		long overwritten = this.written.getAcquire() - SLOTS + 1;
		return copies.subList((int) Math.min(copies.size(), Math.max(0, overwritten - start)), copies.size());
	}

	/**
	 * A frame as it was recorded.
	 *
	 * @param nanos when
	 * @param kind what
	 * @param sequence the number of our call, -1 for none
	 * @param id the id of the daemon's call
	 * @param name the method or event
	 * @param size its bytes
	 */
	record Recorded(long nanos, Kind kind, long sequence, @Nullable String id, @Nullable String name, int size) {

	}

	private static final class Slot {

		private long nanos;

		private byte kind;

		private long sequence;

		private @Nullable String id;

		private @Nullable String name;

		private int size;

		Recorded copy() {
			return new Recorded(this.nanos, KINDS[this.kind], this.sequence, this.id, this.name, this.size);
		}

	}

}
