package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel on a loop: what links over sockets and over socket pairs are made of.
 */
final class LoopChannel {

	private static final Logger logger = LoggerFactory.getLogger(LoopChannel.class);

	/** Before the others get their turn, however much is still readable. */
	private static final int READS_PER_TURN = 4;

	/**
	 * A heap buffer is copied into a direct one of this size at most, which the JDK keeps
	 * for each thread that writes.
	 */
	private static final int WRITE_SIZE = 64 * 1024;

	/** More than the kernel ever holds for one connection. */
	private static final int DRAIN_LIMIT = 16 * 1024 * 1024;

	private final SelectorLoop loop;

	private final SocketChannel channel;

	private final boolean reads;

	private final AtomicBoolean closed = new AtomicBoolean();

	private @Nullable SelectionKey key;

	private @Nullable LinkHandler handler;

	private boolean paused;

	private boolean ended;

	private boolean writableWanted;

	private @Nullable IOException failure;

	/**
	 * Takes a channel over.
	 * @param loop the loop
	 * @param channel a connected channel
	 * @param reads whether it is read from; if not, its end goes unnoticed until a write
	 * fails
	 * @throws IOException when it is closed
	 */
	LoopChannel(SelectorLoop loop, SocketChannel channel, boolean reads) throws IOException {
		this.loop = loop;
		this.channel = channel;
		this.reads = reads;
		channel.configureBlocking(false);
	}

	/** On the loop, once. */
	void start(LinkHandler handler) {
		this.handler = handler;
		if (this.closed.get()) {
			return;
		}
		try {
			this.key = this.loop.register(this.channel, interest(), this);
		}
		catch (ClosedChannelException ex) {
			logger.trace("Closed before it was started", ex);
		}
		catch (IOException ex) {
			fail(ex);
		}
	}

	/** Any thread, one at a time. */
	int write(ByteBuffer bytes) throws IOException {
		int total = 0;
		int limit = bytes.limit();
		try {
			while (bytes.position() < limit) {
				int size = Math.min(limit - bytes.position(), WRITE_SIZE);
				bytes.limit(bytes.position() + size);
				int count = this.channel.write(bytes);
				total += count;
				if (count < size) {
					break;
				}
			}
		}
		finally {
			bytes.limit(limit);
		}
		return total;
	}

	/** Any thread. */
	void requestWritable() {
		if (this.loop.inLoop()) {
			this.writableWanted = true;
			updateInterest();
		}
		else {
			try {
				this.loop.execute(this::requestWritable);
			}
			catch (RejectedExecutionException ex) {
				logger.trace("Closed while it waited to write", ex);
			}
		}
	}

	/** On the loop. */
	void pauseReading() {
		this.paused = true;
		updateInterest();
	}

	/** On the loop. */
	void resumeReading() {
		this.paused = false;
		updateInterest();
	}

	/** Any thread. */
	void shutdownOutput() {
		try {
			this.channel.shutdownOutput();
		}
		catch (IOException ex) {
			logger.trace("The other side was faster", ex);
		}
	}

	/** Any thread. */
	void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			logger.debug("A channel could not be closed", ex);
		}
		// the selector holds the descriptor until it selects the next time
		this.loop.wakeUp();
	}

	boolean isClosed() {
		return this.closed.get();
	}

	/** What is ready, on the loop. */
	void onReady(int ops) {
		if ((ops & SelectionKey.OP_WRITE) != 0 && this.writableWanted) {
			this.writableWanted = false;
			updateInterest();
			tellWritable();
		}
		if ((ops & SelectionKey.OP_READ) != 0) {
			readBatch();
		}
	}

	/** On the loop, though not within a handler's {@code onBytes}. */
	void drainReadable() {
		int count = 0;
		for (int drained = 0; drained < DRAIN_LIMIT && isReadable(); drained += count) {
			count = readOnce();
			if (count <= 0) {
				break;
			}
		}
		endBatch(count);
	}

	/** Ends reading, orderly or with a failure. On the loop. */
	void fail(@Nullable IOException cause) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		updateInterest();
		if (!isClosed() && this.handler != null) {
			try {
				this.handler.onEnd(cause);
			}
			catch (Throwable ex) {
				this.loop.report("onEnd", ex);
			}
		}
	}

	private void readBatch() {
		int count = 0;
		for (int i = 0; i < READS_PER_TURN && isReadable() && !this.paused; i++) {
			count = readOnce();
			// a short read has emptied the socket: the selector tells what comes next
			if (count < SelectorLoop.READ_SIZE) {
				break;
			}
		}
		endBatch(count);
	}

	private void endBatch(int lastCount) {
		tellBatchEnd();
		if (lastCount < 0) {
			fail(this.failure);
		}
	}

	private boolean isReadable() {
		return this.reads && !this.ended && !isClosed();
	}

	private int readOnce() {
		try {
			int count = this.loop.read(this.channel);
			if (count > 0) {
				tellBytes(count);
			}
			return count;
		}
		catch (ClosedChannelException ex) {
			logger.trace("Closed while it was read", ex);
			return 0;
		}
		catch (IOException ex) {
			this.failure = ex;
			return -1;
		}
	}

	private void tellBytes(int count) {
		if (isClosed() || this.handler == null) {
			return;
		}
		try {
			this.handler.onBytes(this.loop.bytes(), 0, count);
		}
		catch (Throwable ex) {
			this.loop.report("onBytes", ex);
		}
	}

	private void tellBatchEnd() {
		if (isClosed() || this.handler == null) {
			return;
		}
		try {
			this.handler.onBatchEnd();
		}
		catch (Throwable ex) {
			this.loop.report("onBatchEnd", ex);
		}
	}

	private void tellWritable() {
		if (isClosed() || this.handler == null) {
			return;
		}
		try {
			this.handler.onWritable();
		}
		catch (Throwable ex) {
			this.loop.report("onWritable", ex);
		}
	}

	private int interest() {
		int read = (this.reads && !this.paused && !this.ended) ? SelectionKey.OP_READ : 0;
		int write = this.writableWanted ? SelectionKey.OP_WRITE : 0;
		return read | write;
	}

	private void updateInterest() {
		SelectionKey key = this.key;
		if (key == null || isClosed()) {
			return;
		}
		try {
			key.interestOps(interest());
		}
		catch (CancelledKeyException ex) {
			logger.trace("Closed meanwhile", ex);
		}
	}

}
