package dev.rustbridge.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import org.jspecify.annotations.Nullable;
import reactor.util.concurrent.Queues;

/**
 * What is to be written to a daemon. Any thread puts frames in; one at a time takes them
 * out, joins them, and offers them to the kernel:
 * <ul>
 * <li>the thread that put one in, while the loop sleeps: the shortest way for a single
 * call,
 * <li>the loop, before it sleeps, after each batch of reads and when half of the calls in
 * flight have gathered, while it is awake: so that requests that come together are
 * written together, and the daemon does not wait for the last of them,
 * <li>the loop, when a full socket has room again.
 * </ul>
 * Nobody ever waits.
 */
final class Outbound implements IoLoop.Outbox {

	private static final int STAGING = 64 * 1024;

	/**
	 * What a thread that puts in writes for itself and others before the loop takes over.
	 */
	private static final long CALLER_BYTES = 4L * STAGING;

	/**
	 * Calls in flight up to which a caller writes by itself. Beyond that, to write each
	 * call alone would cost all sides more than it saves: the daemon too reads, answers
	 * and wakes the loop for one call at a time then.
	 */
	private static final int FEW = 4;

	/**
	 * The least that the loop writes before the end of a batch of reads, in frames. A
	 * batch of answers makes as many new calls where callers repeat; written in two
	 * halves, the daemon works on the first while the loop is at the second. With 64 in
	 * flight that was 17 to 24 % more calls on two cores, and no fewer on one.
	 */
	private static final int LEAST_EARLY = 32;

	private final Queue<OutboundFrame> queue = Queues.<OutboundFrame>unboundedMultiproducer().get();

	private final AtomicLong queuedBytes = new AtomicLong();

	/** Held by the one thread that takes out, and guards the fields of the staging. */
	private final AtomicBoolean flushing = new AtomicBoolean();

	private final IoLoop loop;

	private final Link link;

	private final Consumer<IOException> onFailure;

	private final IntConsumer onWritten;

	private final IntSupplier inFlight;

	private final int stagingBytes;

	private final FrameRing ring;

	private @Nullable ByteBuffer staging;

	private @Nullable OutboundFrame current;

	private int currentPosition;

	/** Frames put in by the loop itself since it last wrote; confined to it. */
	private int gathered;

	/** Bytes were taken out of the queue that the kernel has not taken yet. */
	private volatile boolean leftover;

	/** The kernel is full; the loop says when it has room. */
	private volatile boolean blocked;

	private volatile boolean failed;

	Outbound(IoLoop loop, Link link, FrameRing ring, IntSupplier inFlight, IntConsumer onWritten,
			Consumer<IOException> onFailure) {
		this(loop, link, ring, inFlight, onWritten, onFailure, STAGING);
	}

	Outbound(IoLoop loop, Link link, FrameRing ring, IntSupplier inFlight, IntConsumer onWritten,
			Consumer<IOException> onFailure, int stagingBytes) {
		this.ring = ring;
		this.stagingBytes = stagingBytes;
		this.loop = loop;
		this.link = link;
		this.inFlight = inFlight;
		this.onWritten = onWritten;
		this.onFailure = onFailure;
	}

	/**
	 * Reserves room for a frame, so that many threads together do not exceed the limit.
	 * An empty queue takes a frame of any size. Any thread.
	 * @param bytes the frame's size
	 * @param limit how many bytes may wait
	 * @return whether there is room; then the frame is to be put in with
	 * {@link #offerReserved}, or the room {@link #giveBack given back}
	 */
	boolean reserve(int bytes, long limit) {
		while (true) {
			long queued = this.queuedBytes.get();
			if (queued > 0 && queued + bytes > limit) {
				return false;
			}
			if (this.queuedBytes.compareAndSet(queued, queued + bytes)) {
				return true;
			}
		}
	}

	void giveBack(int bytes) {
		this.queuedBytes.addAndGet(-bytes);
	}

	/**
	 * Puts a frame in that always has room. Any thread; never waits.
	 * @param frame the frame
	 */
	void offer(OutboundFrame frame) {
		this.queuedBytes.addAndGet(frame.bytes().length);
		offerReserved(frame);
	}

	/**
	 * Puts a frame in whose room is reserved. Any thread; never waits.
	 * @param frame the frame
	 */
	void offerReserved(OutboundFrame frame) {
		this.queue.offer(frame);
		if (this.loop.isParked()) {
			if (this.inFlight.getAsInt() <= FEW) {
				flush(CALLER_BYTES);
			}
			if (hasPending()) {
				this.loop.wakeUp();
			}
		}
		else if (this.loop.inLoop() && ++this.gathered >= Math.max(LEAST_EARLY, this.inFlight.getAsInt() / 2)) {
			flush();
		}
	}

	/**
	 * Writes what there is, as far as the kernel takes it.
	 */
	@Override
	public void flush() {
		this.gathered = 0;
		flush(Long.MAX_VALUE);
	}

	private void flush(long limit) {
		long left = limit;
		while (left > 0 && hasPending() && this.flushing.compareAndSet(false, true)) {
			try {
				left -= write(left);
			}
			catch (IOException ex) {
				this.failed = true;
				this.onFailure.accept(ex);
			}
			finally {
				this.flushing.set(false);
			}
			// again, for what came between the last look and the release
		}
	}

	/**
	 * The kernel has room again. On the loop.
	 */
	void onWritable() {
		this.blocked = false;
		flush();
	}

	/**
	 * Writes nothing any more, and waits out a write that is under way, which never
	 * blocks. After this no frame can be claimed: what still waits is free to go
	 * elsewhere.
	 */
	void close() {
		this.failed = true;
		while (!this.flushing.compareAndSet(false, true)) {
			Thread.onSpinWait();
		}
		this.loop.unregister(this);
	}

	long queuedBytes() {
		return this.queuedBytes.get();
	}

	boolean hasFailed() {
		return this.failed;
	}

	/** Whether nothing waits to be taken by the kernel. */
	boolean isEmpty() {
		return this.queue.isEmpty() && !this.leftover;
	}

	@Override
	public boolean hasPending() {
		return !this.blocked && !this.failed && (this.leftover || !this.queue.isEmpty());
	}

	/** Writes until nothing is left, the kernel is full, or the limit is reached. */
	private long write(long limit) throws IOException {
		ByteBuffer buffer = this.staging;
		if (buffer == null) {
			buffer = ByteBuffer.allocateDirect(this.stagingBytes);
			this.staging = buffer;
		}
		long now = this.ring.now();
		long sum = 0;
		while (sum < limit) {
			fill(buffer, now);
			this.leftover = this.current != null || buffer.position() > 0;
			if (buffer.position() == 0) {
				break;
			}
			sum += offer(buffer);
			if (buffer.position() > 0) {
				this.blocked = true;
				this.link.requestWritable();
				break;
			}
			this.leftover = this.current != null;
		}
		return sum;
	}

	private int offer(ByteBuffer buffer) throws IOException {
		buffer.flip();
		int written;
		try {
			written = this.link.write(buffer);
		}
		finally {
			buffer.compact();
		}
		if (written > 0) {
			giveBack(written);
			this.onWritten.accept(written);
		}
		return written;
	}

	private void fill(ByteBuffer buffer, long now) {
		while (buffer.hasRemaining()) {
			OutboundFrame frame = this.current;
			if (frame == null) {
				frame = this.queue.poll();
				if (frame == null) {
					return;
				}
				if (!frame.claim()) {
					giveBack(frame.bytes().length);
					frame.release();
					continue;
				}
				frame.recordIn(this.ring, now);
				this.current = frame;
				this.currentPosition = 0;
			}
			byte[] bytes = frame.bytes();
			int count = Math.min(buffer.remaining(), bytes.length - this.currentPosition);
			buffer.put(bytes, this.currentPosition, count);
			this.currentPosition += count;
			if (this.currentPosition == bytes.length) {
				this.current = null;
				frame.release();
			}
		}
	}

}
