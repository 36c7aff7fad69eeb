package dev.rustbridge.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a pipe on a thread of its own, through a ring that never makes the caller
 * wait.
 */
final class PipeWriter implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(PipeWriter.class);

	private final IoLoop loop;

	private final OutputStream out;

	private final ByteRing ring;

	private final Thread thread;

	private final AtomicBoolean writableWanted = new AtomicBoolean();

	private volatile boolean waiting;

	private volatile boolean finishing;

	private volatile boolean closed;

	private volatile @Nullable IOException failure;

	private @Nullable LinkHandler handler;

	private boolean started;

	PipeWriter(IoLoop loop, OutputStream out, int capacity, String name) {
		this.loop = loop;
		this.out = out;
		this.ring = new ByteRing(capacity);
		this.thread = new ServiceThread(this, name);
	}

	/** On the loop, once. */
	void start(LinkHandler handler) {
		this.handler = handler;
		synchronized (this) {
			if (!this.closed) {
				this.started = true;
				this.thread.start();
			}
		}
	}

	/** Any thread, one at a time. */
	int write(ByteBuffer bytes) throws IOException {
		IOException failure = this.failure;
		if (failure != null) {
			throw new IOException("The daemon takes no more input: " + failure.getMessage(), failure);
		}
		if (this.finishing || this.closed) {
			throw new IOException("Its input has been ended");
		}
		int count = this.ring.offer(bytes);
		wakeUp();
		return count;
	}

	/** Any thread. */
	void requestWritable() {
		this.writableWanted.set(true);
		tellWritable();
	}

	/** Ends the stream behind what is still in the ring. Any thread. */
	void shutdownOutput() {
		this.finishing = true;
		wakeUp();
	}

	/** Any thread, idempotent. */
	void close() {
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
		try {
			while (awaitBytes()) {
				int count = this.ring.contiguousAvailable();
				this.out.write(this.ring.array(), this.ring.consumedIndex(), count);
				this.out.flush();
				this.ring.consumed(count);
				tellWritable();
			}
		}
		catch (IOException ex) {
			this.failure = ex;
			tellWritable();
		}
		closeStream();
	}

	/** First says that it waits, then looks again; a producer the other way round. */
	private boolean awaitBytes() {
		if (this.ring.available() == 0) {
			this.waiting = true;
			while (this.ring.available() == 0 && !this.finishing && !this.closed) {
				LockSupport.park(this);
			}
			this.waiting = false;
		}
		return !this.closed && this.ring.available() > 0;
	}

	private void wakeUp() {
		if (this.waiting) {
			LockSupport.unpark(this.thread);
		}
	}

	/** Whoever takes the request back tells it. */
	private void tellWritable() {
		if ((this.ring.isRoomy() || this.failure != null) && this.writableWanted.compareAndSet(true, false)) {
			try {
				this.loop.execute(this::onWritable);
			}
			catch (RejectedExecutionException ex) {
				logger.trace("The loop has ended before the link", ex);
			}
		}
	}

	private void onWritable() {
		if (!this.closed && this.handler != null) {
			this.handler.onWritable();
		}
	}

	/** On the thread that may be in the stream, or before there is one: it has a lock. */
	private void closeStream() {
		try {
			this.out.close();
		}
		catch (IOException ex) {
			logger.debug("What was left could not be written", ex);
		}
	}

}
