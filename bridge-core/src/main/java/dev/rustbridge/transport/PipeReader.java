package dev.rustbridge.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a pipe on a thread of its own, which nobody ever waits for: a read is held for as
 * long as any process has the other end, a grandchild too, and cannot be ended from here.
 */
final class PipeReader implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(PipeReader.class);

	/** How long nothing must come for a pipe to count as empty, where it does not end. */
	private static final long QUIET_NANOS = 20_000_000;

	/** Even where a grandchild goes on writing for ever. */
	private static final int LOOKS = 5;

	private final IoLoop loop;

	private final InputStream in;

	private final Conduit conduit;

	private final Thread thread;

	private volatile boolean waiting;

	private volatile boolean closed;

	private boolean started;

	PipeReader(IoLoop loop, InputStream in, int capacity, String name) {
		this.loop = loop;
		this.in = in;
		this.conduit = new Conduit(loop, capacity, this::onRoom);
		this.thread = new ServiceThread(this, name);
	}

	/** On the loop, once. */
	void start(LinkHandler handler) {
		this.conduit.start(handler);
		synchronized (this) {
			if (!this.closed) {
				this.started = true;
				this.thread.start();
			}
		}
	}

	Conduit conduit() {
		return this.conduit;
	}

	/**
	 * Delivers what is in the pipe of a process that has exited. Its end tells that it is
	 * empty; where a grandchild keeps that from coming, there is no way to ask (a look at
	 * the stream would wait for the read under way), and a short silence must do. On the
	 * loop.
	 * @param done run on the loop at the end
	 */
	void drain(Runnable done) {
		drain(LOOKS, done);
	}

	private void drain(int looks, Runnable done) {
		long delivered = this.conduit.drain();
		if (this.conduit.isEnded() || looks == 0) {
			done.run();
			return;
		}
		this.loop.schedule(() -> {
			boolean quiet = this.conduit.drain() == delivered;
			drain(quiet ? 0 : looks - 1, done);
		}, QUIET_NANOS);
	}

	/** Any thread, idempotent. */
	void close() {
		this.conduit.close();
		synchronized (this) {
			this.closed = true;
			if (!this.started) {
				closeStream();
			}
		}
		LockSupport.unpark(this.thread);
	}

	@Override
	public void run() {
		@Nullable IOException failure = null;
		try {
			while (!this.closed && read()) {
				this.conduit.signal();
			}
		}
		catch (IOException ex) {
			// a stream that was closed under the reader: the process is gone
			logger.debug("Reading a pipe failed", ex);
			failure = ex;
		}
		closeStream();
		this.conduit.finish(failure);
	}

	private boolean read() throws IOException {
		ByteRing ring = this.conduit.ring();
		int room = ring.contiguousFree();
		if (room == 0) {
			awaitRoom(ring);
			return true;
		}
		int count = this.in.read(ring.array(), ring.producedIndex(), room);
		if (count > 0) {
			ring.produced(count);
		}
		return count >= 0;
	}

	/**
	 * First says that it waits, then looks again; the loop does it the other way round.
	 */
	private void awaitRoom(ByteRing ring) {
		this.waiting = true;
		while (ring.free() == 0 && !this.closed) {
			LockSupport.park(this);
		}
		this.waiting = false;
	}

	private void onRoom() {
		if (this.waiting) {
			LockSupport.unpark(this.thread);
		}
	}

	private void closeStream() {
		try {
			this.in.close();
		}
		catch (IOException ex) {
			logger.debug("A pipe could not be closed", ex);
		}
	}

}
