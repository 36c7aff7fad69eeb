package dev.rustbridge.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves one connection on a Unix socket, blocking, on a thread of its own.
 */
final class SocketPeer implements FarEnd.Peer, Runnable {

	private final ServerSocketChannel server;

	private final Behaviour behaviour;

	private final Thread thread;

	private volatile boolean stopped;

	private SocketPeer(ServerSocketChannel server, Behaviour behaviour) {
		this.server = server;
		this.behaviour = behaviour;
		this.thread = new Thread(this, "socket-peer");
		this.thread.setDaemon(true);
	}

	static SocketPeer listen(Path path, Behaviour behaviour) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		server.bind(UnixDomainSocketAddress.of(path));
		SocketPeer peer = new SocketPeer(server, behaviour);
		peer.thread.start();
		return peer;
	}

	@Override
	public boolean isGone() {
		return !this.thread.isAlive();
	}

	@Override
	public void kill() {
		this.stopped = true;
		this.thread.interrupt();
	}

	@Override
	public void run() {
		try (ServerSocketChannel listening = this.server; SocketChannel channel = listening.accept()) {
			serve(channel);
		}
		catch (IOException ex) {
			// what the host did to the connection, or the kill
			this.stopped = true;
		}
	}

	private void serve(SocketChannel channel) throws IOException {
		switch (this.behaviour.kind()) {
			case ECHO -> echo(channel);
			case COUNT -> count(channel);
			case EMIT -> emit(channel, this.behaviour.bytes());
			case FLOOD -> emit(channel, Long.MAX_VALUE);
			case IGNORE -> live();
			case END_OUTPUT_ONLY -> {
				channel.shutdownOutput();
				live();
			}
		}
	}

	private void live() {
		while (!this.stopped) {
			LockSupport.park(this);
		}
	}

	private static void echo(SocketChannel channel) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
		while (channel.read(buffer) >= 0) {
			buffer.flip();
			write(channel, buffer);
			buffer.clear();
		}
	}

	private static void count(SocketChannel channel) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
		long total = 0;
		int count = channel.read(buffer);
		while (count >= 0) {
			total += count;
			buffer.clear();
			count = channel.read(buffer);
		}
		write(channel, ByteBuffer.wrap((total + "\n").getBytes(StandardCharsets.US_ASCII)));
	}

	private static void emit(SocketChannel channel, long total) throws IOException {
		long left = total;
		while (left > 0) {
			int piece = (int) Math.min(left, 64 * 1024);
			write(channel, ByteBuffer.allocate(piece));
			left -= piece;
		}
	}

	private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

}
