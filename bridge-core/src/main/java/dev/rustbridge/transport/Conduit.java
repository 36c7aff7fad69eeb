package dev.rustbridge.transport;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings bytes from a producer on another thread to a handler on the loop, a bounded
 * number at a time: while the handler pauses, the ring fills and the producer is held up.
 */
final class Conduit {

	private static final Logger logger = LoggerFactory.getLogger(Conduit.class);

	/** As a link over a channel reads: at most four times 64 KiB a turn. */
	private static final int PIECE = SelectorLoop.READ_SIZE;

	private static final int PIECES_PER_TURN = 4;

	/** Even where the producer goes on for ever. */
	private static final int PIECES_PER_DRAIN = 1024;

	private final IoLoop loop;

	private final ByteRing ring;

	private final Runnable onRoom;

	private final AtomicBoolean signalled = new AtomicBoolean();

	private volatile boolean finished;

	private volatile boolean closed;

	private @Nullable IOException cause;

	private @Nullable LinkHandler handler;

	private boolean paused;

	private boolean draining;

	private boolean ended;

	/**
	 * Makes a conduit.
	 * @param loop where the handler is told
	 * @param capacity of the ring, a power of two
	 * @param onRoom run on the loop whenever bytes have been taken out of the ring
	 */
	Conduit(IoLoop loop, int capacity, Runnable onRoom) {
		this.loop = loop;
		this.ring = new ByteRing(capacity);
		this.onRoom = onRoom;
	}

	/** For the producer. */
	ByteRing ring() {
		return this.ring;
	}

	/** Something was put into the ring. The producer. */
	void signal() {
		if (!this.closed && this.signalled.compareAndSet(false, true)) {
			try {
				this.loop.execute(this::deliver);
			}
			catch (RejectedExecutionException ex) {
				logger.trace("The loop has ended before the link", ex);
			}
		}
	}

	/** Nothing more will be put in. The producer, or whoever comes after it. */
	void finish(@Nullable IOException cause) {
		this.cause = cause;
		this.finished = true;
		signal();
	}

	/** Any thread. */
	void close() {
		this.closed = true;
	}

	/** On the loop, once. */
	void start(LinkHandler handler) {
		this.handler = handler;
		signal();
	}

	/** On the loop. */
	void pause() {
		this.paused = true;
	}

	/** On the loop. */
	void resume() {
		this.paused = false;
		signal();
	}

	/**
	 * Delivers all that is in the ring, and from now on all that comes, paused or not. On
	 * the loop.
	 * @return how many bytes have been delivered up to now
	 */
	long drain() {
		this.draining = true;
		deliver(PIECES_PER_DRAIN);
		return this.ring.consumed();
	}

	/** Whether nothing more will be told. On the loop. */
	boolean isEnded() {
		return this.ended || this.closed;
	}

	private void deliver() {
		// before the ring is looked at: what comes later signals anew
		this.signalled.set(false);
		deliver(PIECES_PER_TURN);
	}

	private void deliver(int pieces) {
		LinkHandler handler = this.handler;
		if (handler == null || isEnded() || isHeld()) {
			return;
		}
		// before the ring is looked at: nothing is put in after it
		boolean last = this.finished;
		for (int i = 0; i < pieces && this.ring.available() > 0; i++) {
			int count = Math.min(PIECE, this.ring.contiguousAvailable());
			tell("onBytes", () -> handler.onBytes(this.ring.array(), this.ring.consumedIndex(), count));
			this.ring.consumed(count);
			tell("onWritable", this.onRoom);
			if (this.closed || isHeld()) {
				break;
			}
		}
		tell("onBatchEnd", handler::onBatchEnd);
		if (isHeld()) {
			return;
		}
		if (this.ring.available() > 0) {
			signal();
		}
		else if (last) {
			this.ended = true;
			tell("onEnd", () -> handler.onEnd(this.cause));
		}
	}

	private boolean isHeld() {
		return this.paused && !this.draining;
	}

	private void tell(String what, Runnable call) {
		if (this.closed) {
			return;
		}
		try {
			call.run();
		}
		catch (Throwable ex) {
			logger.error("{} failed on the I/O thread, which goes on", what, ex);
		}
	}

}
