package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.benchmarks.load.Daemons;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/** Two non-blocking channels, which may be one, and a selector for each direction. */
final class RawWire implements AutoCloseable {

	private static final int READ_BUFFER = 256 * 1024;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);

	private final SocketChannel in;

	private final SocketChannel out;

	private final Selector readable = Selector.open();

	private final Selector writable = Selector.open();

	private final Process daemon;

	private final AutoCloseable owner;

	private RawWire(SocketChannel in, SocketChannel out, Process daemon, AutoCloseable owner) throws IOException {
		this.in = in;
		this.out = out;
		this.daemon = daemon;
		this.owner = owner;
		in.configureBlocking(false);
		out.configureBlocking(false);
		in.register(readable, SelectionKey.OP_READ);
		out.register(writable, SelectionKey.OP_WRITE);
		readReady();
	}

	static RawWire onSocket(Daemons daemons) throws IOException, InterruptedException {
		Daemons.OnSocket daemon = daemons.onSocket("bench-classic", "--socket");
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()));
		return new RawWire(channel, channel, daemon.process(), daemon);
	}

	static RawWire onStdio(Daemons daemons) throws IOException {
		Pair stdin = Pair.open();
		Pair stdout = Pair.open();
		Process process = new ProcessBuilder(daemons.binary("bench-classic").toString(), "--management")
			.redirectInput(stdin.redirect())
			.redirectOutput(stdout.redirect())
			.redirectError(Redirect.INHERIT)
			.start();
		stdin.closeTheirs();
		stdout.closeTheirs();
		return new RawWire(stdout.ours, stdin.ours, process, process::destroyForcibly);
	}

	long daemonPid() {
		return daemon.pid();
	}

	/** Writes all of it, and waits while the daemon takes none. */
	void write(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			if (out.write(bytes) == 0) {
				writable.select();
				writable.selectedKeys().clear();
			}
		}
	}

	/** Waits until something is there, and says how many bytes it was. */
	int readSome() throws IOException {
		while (true) {
			readable.select();
			readable.selectedKeys().clear();
			int count = in.read(buffer.clear());
			if (count > 0) {
				return count;
			}
			if (count < 0) {
				throw new EOFException("the daemon hung up");
			}
		}
	}

	/** Reads as many bytes, the last of which ends a line. */
	void read(long count) throws IOException {
		long left = count;
		while (left > 0) {
			left -= readSome();
		}
		if (left < 0 || buffer.get(buffer.position() - 1) != '\n') {
			throw new IOException("expected " + count + " bytes and the end of a line; " + -left + " more came");
		}
	}

	private void readReady() throws IOException {
		do {
			readSome();
		}
		while (buffer.get(buffer.position() - 1) != '\n');
	}

	@Override
	public void close() throws IOException {
		in.close();
		out.close();
		readable.close();
		writable.close();
		try {
			owner.close();
		}
		catch (Exception e) {
			throw new IOException(e);
		}
	}

	/** A connected pair: a JDK channel for us, a plain descriptor for the child. */
	private record Pair(SocketChannel ours, AFUNIXSocketChannel theirs) {

		static Pair open() throws IOException {
			Path home = Files.createTempDirectory("bench");
			Path path = home.resolve("pair");
			try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
				server.bind(UnixDomainSocketAddress.of(path));
				AFUNIXSocketChannel theirs = AFUNIXSocketChannel.open();
				theirs.connect(AFUNIXSocketAddress.of(path));
				return new Pair(server.accept(), theirs);
			}
			finally {
				Files.deleteIfExists(path);
				Files.deleteIfExists(home);
			}
		}

		Redirect redirect() throws IOException {
			return FileDescriptorCast.using(theirs.getFileDescriptor()).as(Redirect.class);
		}

		/**
		 * The descriptor alone: closing the socket would shut it down for the child as
		 * well.
		 */
		void closeTheirs() throws IOException {
			new FileOutputStream(theirs.getFileDescriptor()).close();
		}
	}

}
