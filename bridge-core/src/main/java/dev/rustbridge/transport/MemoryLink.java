package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link to a daemon in this JVM: two bounded conduits on one loop.
 */
final class MemoryLink implements Link {

	private static final Logger logger = LoggerFactory.getLogger(MemoryLink.class);

	private static final int CAPACITY = 256 * 1024;

	private final IoLoop loop;

	private final MemoryDaemon daemon;

	private final Conduit toDaemon;

	private final Conduit toHost;

	private final Object sendLock = new Object();

	private final AtomicBoolean hostWaits = new AtomicBoolean();

	private final AtomicBoolean daemonWaits = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final AtomicBoolean daemonEnded = new AtomicBoolean();

	private volatile boolean outputEnded;

	private @Nullable LinkHandler handler;

	MemoryLink(IoLoop loop, MemoryDaemon daemon) {
		this.loop = loop;
		this.daemon = daemon;
		this.toDaemon = new Conduit(loop, CAPACITY, this::tellHostWritable);
		this.toHost = new Conduit(loop, CAPACITY, this::tellDaemonWritable);
	}

	@Override
	public void start(LinkHandler handler) {
		if (this.closed.get()) {
			return;
		}
		this.handler = handler;
		this.toHost.start(handler);
		this.toDaemon.start(new DaemonHandler());
		this.daemon.onConnect(new MemoryConnection(this));
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		if (this.closed.get() || this.outputEnded) {
			throw new IOException("Its input has been ended");
		}
		if (this.daemonEnded.get()) {
			throw new IOException("The daemon takes no more input: it has closed the connection");
		}
		int count = this.toDaemon.ring().offer(bytes);
		this.toDaemon.signal();
		return count;
	}

	@Override
	public void requestWritable() {
		this.hostWaits.set(true);
		execute(this::tellHostWritable);
	}

	@Override
	public void pauseReading() {
		this.toHost.pause();
	}

	@Override
	public void resumeReading() {
		this.toHost.resume();
	}

	@Override
	public void drainReadable(Runnable done) {
		this.toHost.drain();
		done.run();
	}

	@Override
	public void shutdownOutput() {
		this.outputEnded = true;
		this.toDaemon.finish(null);
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.toHost.close();
			this.toDaemon.close();
			execute(this.daemon::onClose);
		}
	}

	@Override
	public @Nullable DaemonHandle daemon() {
		return this.daemon.handle();
	}

	@Override
	public @Nullable PeerCredentials peer() {
		return null;
	}

	@Override
	public String kind() {
		return "memory";
	}

	int send(ByteBuffer bytes) {
		synchronized (this.sendLock) {
			if (this.closed.get() || this.daemonEnded.get()) {
				return -1;
			}
			int count = this.toHost.ring().offer(bytes);
			if (bytes.hasRemaining()) {
				this.daemonWaits.set(true);
				// the host may have taken some meanwhile
				execute(this::tellDaemonWritable);
			}
			this.toHost.signal();
			return count;
		}
	}

	void pauseDaemon() {
		this.toDaemon.pause();
	}

	void resumeDaemon() {
		this.toDaemon.resume();
	}

	void endDaemon(@Nullable IOException cause) {
		synchronized (this.sendLock) {
			if (this.daemonEnded.compareAndSet(false, true)) {
				this.toDaemon.close();
				this.toHost.finish(cause);
			}
		}
		// a host that waits to write learns by trying that it cannot
		execute(this::tellHostWritable);
	}

	private void tellHostWritable() {
		boolean possible = this.toDaemon.ring().isRoomy() || this.daemonEnded.get();
		if (possible && !this.closed.get() && this.handler != null && this.hostWaits.compareAndSet(true, false)) {
			this.handler.onWritable();
		}
	}

	private void tellDaemonWritable() {
		if (this.toHost.ring().isRoomy() && !this.closed.get() && this.daemonWaits.compareAndSet(true, false)) {
			this.daemon.onWritable();
		}
	}

	private void execute(Runnable task) {
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The loop has ended before the link", ex);
		}
	}

	private final class DaemonHandler implements LinkHandler {

		@Override
		public void onBytes(byte[] buffer, int offset, int length) {
			MemoryLink.this.daemon.onBytes(buffer, offset, length);
		}

		@Override
		public void onEnd(@Nullable IOException cause) {
			MemoryLink.this.daemon.onInputEnd();
		}

	}

}
