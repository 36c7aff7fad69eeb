package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a daemon that listens on a Unix socket.
 */
final class SocketLink implements Link {

	private final LoopChannel channel;

	private final @Nullable PeerCredentials peer;

	private final @Nullable DaemonHandle daemon;

	SocketLink(SelectorLoop loop, SocketChannel channel, @Nullable PeerCredentials peer, @Nullable DaemonHandle daemon)
			throws IOException {
		this.channel = new LoopChannel(loop, channel, true);
		this.peer = peer;
		this.daemon = daemon;
	}

	@Override
	public void start(LinkHandler handler) {
		this.channel.start(handler);
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		return this.channel.write(bytes);
	}

	@Override
	public void requestWritable() {
		this.channel.requestWritable();
	}

	@Override
	public void pauseReading() {
		this.channel.pauseReading();
	}

	@Override
	public void resumeReading() {
		this.channel.resumeReading();
	}

	@Override
	public void drainReadable(Runnable done) {
		this.channel.drainReadable();
		done.run();
	}

	@Override
	public void shutdownOutput() {
		this.channel.shutdownOutput();
	}

	@Override
	public void close() {
		this.channel.close();
	}

	@Override
	public @Nullable DaemonHandle daemon() {
		return this.daemon;
	}

	@Override
	public @Nullable PeerCredentials peer() {
		return this.peer;
	}

	@Override
	public String kind() {
		return "socket";
	}

}
