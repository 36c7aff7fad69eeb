package dev.rustbridge.transport;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * Two connected Unix sockets: one for us, a JDK channel that a selector takes, and one
 * for a child process.
 *
 * <p>
 * The JDK connects no pair and gives no descriptor away, so one end listens on a path in
 * a private folder for as long as the other takes to connect, and the child's end is
 * junixsocket's.
 */
final class SocketPair implements Closeable {

	private final SocketChannel parentEnd;

	/** Held on to: collected as garbage, it would close the descriptor. */
	private final AFUNIXSocketChannel childEnd;

	private final Redirect redirect;

	private final AtomicBoolean childEndClosed = new AtomicBoolean();

	private SocketPair(SocketChannel parentEnd, AFUNIXSocketChannel childEnd, Redirect redirect) {
		this.parentEnd = parentEnd;
		this.childEnd = childEnd;
		this.redirect = redirect;
	}

	/**
	 * Makes a pair; leaves nothing behind when that fails.
	 * @return the pair, blocking, to be closed
	 * @throws IOException when the system refuses
	 * @throws LinkageError when native code may not be loaded
	 */
	static SocketPair open() throws IOException {
		Path path = PrivateFolder.newSocketPath();
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(path), 1);
			return connect(server, path);
		}
		finally {
			PrivateFolder.delete(path);
		}
	}

	private static SocketPair connect(ServerSocketChannel server, Path path) throws IOException {
		AFUNIXSocketChannel childEnd = AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(path));
		try {
			Redirect redirect = FileDescriptorCast.using(childEnd.getFileDescriptor()).as(Redirect.class);
			return new SocketPair(server.accept(), childEnd, redirect);
		}
		catch (Throwable ex) {
			closePlainly(childEnd);
			throw ex;
		}
	}

	/**
	 * Our end.
	 * @return the channel
	 */
	SocketChannel parentEnd() {
		return this.parentEnd;
	}

	/**
	 * The end of the child.
	 * @return for any of its three streams
	 */
	Redirect childEnd() {
		return this.redirect;
	}

	/**
	 * Gives up the child's end, once the child has it: the end of the stream is seen only
	 * when nobody else holds it.
	 * @throws IOException when it cannot be closed
	 */
	void closeChildEnd() throws IOException {
		if (this.childEndClosed.compareAndSet(false, true)) {
			closePlainly(this.childEnd);
		}
	}

	@Override
	public void close() throws IOException {
		try {
			closeChildEnd();
		}
		finally {
			this.parentEnd.close();
		}
	}

	/**
	 * Not through junixsocket, which would shut the connection down for the child too.
	 * The descriptor is invalid afterwards, so that its cleaner does nothing.
	 */
	private static void closePlainly(AFUNIXSocketChannel channel) throws IOException {
		new FileOutputStream(channel.getFileDescriptor()).close();
	}

}
