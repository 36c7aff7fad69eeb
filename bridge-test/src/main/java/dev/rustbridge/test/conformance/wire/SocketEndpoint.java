package dev.rustbridge.test.conformance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A connection to a daemon that somebody else runs.
 */
final class SocketEndpoint implements Endpoint {

	private final SocketChannel channel;

	private SocketEndpoint(SocketChannel channel) {
		this.channel = channel;
	}

	static SocketEndpoint connect(Path socket) throws IOException {
		SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
		try {
			channel.connect(UnixDomainSocketAddress.of(socket));
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
		return new SocketEndpoint(channel);
	}

	@Override
	public int read(byte[] buffer) throws IOException {
		return this.channel.read(ByteBuffer.wrap(buffer));
	}

	@Override
	public void write(byte[] bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			this.channel.write(buffer);
		}
	}

	@Override
	public void endInput() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public void terminate() {
		throw new UnsupportedOperationException("the daemon behind a socket is not ours to end");
	}

	@Override
	public @Nullable Integer awaitExit(Duration timeout) {
		return null;
	}

	@Override
	public String log() {
		return "";
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
