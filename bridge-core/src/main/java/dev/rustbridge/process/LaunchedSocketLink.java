package dev.rustbridge.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.LinkHandler;
import dev.rustbridge.transport.SocketTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A connection to a daemon that we launched, which makes its socket when it likes. Looks
 * for it at short intervals; until it is there nothing can be written, and the end of the
 * daemon's stdout is the end of the link. Afterwards its stdout is a log like its stderr,
 * and its stdin is held open, because its end asks the daemon to exit.
 */
final class LaunchedSocketLink implements Link {

	private static final long FIRST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long LONGEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

	private final IoLoop loop;

	private final Link stdio;

	private final SocketTransport transport;

	private final LogLines stdout;

	/** Written on the loop, read by writers. */
	private volatile @Nullable Link socket;

	/** From here on confined to the loop. */
	private @Nullable LinkHandler handler;

	private @Nullable BridgeStartException waitsFor;

	private boolean writableWanted;

	private boolean ended;

	private volatile boolean closed;

	LaunchedSocketLink(String bridge, IoLoop loop, Link stdio, SocketTransport transport) {
		this.loop = loop;
		this.stdio = stdio;
		this.transport = transport;
		LogDispatcher log = new LogDispatcher(LoggerFactory.getLogger("rustbridge." + bridge + ".stdout"), null);
		this.stdout = new LogLines(log::accept);
	}

	@Override
	public void start(LinkHandler handler) {
		this.handler = handler;
		this.stdio.start(new StdoutHandler());
		connect(FIRST_INTERVAL);
	}

	private void connect(long interval) {
		if (this.closed || this.ended) {
			return;
		}
		try {
			connected(this.transport.open(this.loop, daemon()));
		}
		catch (BridgeStartException ex) {
			if (ex.reason() == Reason.SOCKET_NOT_FOUND) {
				this.waitsFor = ex;
				this.loop.schedule(() -> connect(Math.min(interval * 2, LONGEST_INTERVAL)), interval);
			}
			else {
				end(new IOException(ex.getMessage(), ex));
			}
		}
	}

	private void connected(Link opened) {
		LinkHandler target = this.handler;
		if (target == null) {
			return;
		}
		this.socket = opened;
		this.waitsFor = null;
		if (this.closed) {
			// by another thread, which did not see it
			opened.close();
			return;
		}
		opened.start(target);
		if (this.writableWanted) {
			opened.requestWritable();
		}
	}

	/** Before there is a connection that could end. */
	private void end(@Nullable IOException cause) {
		LinkHandler target = this.handler;
		if (!this.ended && !this.closed && this.socket == null && target != null) {
			this.ended = true;
			target.onEnd(cause);
		}
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		Link connected = this.socket;
		return (connected != null) ? connected.write(bytes) : 0;
	}

	@Override
	public void requestWritable() {
		Link connected = this.socket;
		if (connected != null) {
			connected.requestWritable();
		}
		else if (this.loop.inLoop()) {
			this.writableWanted = true;
		}
		else {
			this.loop.execute(this::requestWritable);
		}
	}

	@Override
	public void pauseReading() {
		Link connected = this.socket;
		if (connected != null) {
			connected.pauseReading();
		}
	}

	@Override
	public void resumeReading() {
		Link connected = this.socket;
		if (connected != null) {
			connected.resumeReading();
		}
	}

	@Override
	public void drainReadable(Runnable done) {
		this.stdio.drainReadable(() -> {
			Link connected = this.socket;
			if (connected != null) {
				connected.drainReadable(done);
			}
			else {
				done.run();
			}
		});
	}

	@Override
	public void shutdownOutput() {
		Link connected = this.socket;
		if (connected != null) {
			connected.shutdownOutput();
		}
		this.stdio.shutdownOutput();
	}

	@Override
	public void close() {
		this.closed = true;
		Link connected = this.socket;
		if (connected != null) {
			connected.close();
		}
		this.stdio.close();
	}

	@Override
	public @Nullable BridgeStartException waitsFor() {
		return this.waitsFor;
	}

	@Override
	public @Nullable DaemonHandle daemon() {
		return this.stdio.daemon();
	}

	@Override
	public @Nullable PeerCredentials peer() {
		Link connected = this.socket;
		return (connected != null) ? connected.peer() : null;
	}

	@Override
	public String kind() {
		return "socket";
	}

	private final class StdoutHandler implements LinkHandler {

		@Override
		public void onBytes(byte[] buffer, int offset, int length) {
			LaunchedSocketLink.this.stdout.onBytes(buffer, offset, length);
		}

		@Override
		public void onEnd(@Nullable IOException cause) {
			LaunchedSocketLink.this.stdout.onEnd();
			end(cause);
		}

	}

}
