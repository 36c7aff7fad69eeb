package dev.rustbridge.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeInfo.PeerCredentials;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a daemon that listens on a Unix socket. Who owns the file and who serves it
 * is checked before the first byte is sent.
 */
public final class SocketTransport implements Transport {

	private final String bridge;

	private final Path path;

	private final PeerCheck check;

	/**
	 * Makes a transport.
	 * @param bridge the bridge's name, for failures
	 * @param path the socket; a relative path is relative to the working directory
	 * @param peerUid the user that must own the socket and serve it; {@code null} stands
	 * for our own or root
	 */
	public SocketTransport(String bridge, Path path, @Nullable Long peerUid) {
		this.bridge = bridge;
		this.path = path;
		this.check = new PeerCheck(bridge, path, peerUid);
	}

	@Override
	public String kind() {
		return "socket";
	}

	@Override
	public boolean isWatchable() {
		return true;
	}

	/** A new file may get the number of the one it replaces, but not its time. */
	@Override
	public @Nullable Object endpoint() {
		try {
			BasicFileAttributes file = Files.readAttributes(this.path, BasicFileAttributes.class);
			return List.of(String.valueOf(file.fileKey()), file.lastModifiedTime());
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public Link open(IoLoop loop, int instance) {
		return open(loop, (DaemonHandle) null);
	}

	/**
	 * Connects without waiting.
	 * @param loop a loop made by {@link IoLoop#open}
	 * @param daemon the process behind the socket, if it is ours
	 * @return the link
	 * @throws BridgeStartException with SOCKET_NOT_FOUND when it can come by waiting
	 * (nothing there yet, refused, its queue full), else PERMISSION_DENIED or
	 * PEER_REJECTED
	 */
	public Link open(IoLoop loop, @Nullable DaemonHandle daemon) {
		this.check.checkFile();
		SocketChannel channel = connect();
		try {
			PeerCredentials peer = this.check.checkPeer(channel, daemon);
			return new SocketLink(SelectorLoop.of(loop), channel, peer, daemon);
		}
		catch (IOException ex) {
			close(channel, ex);
			throw failure(Reason.SOCKET_NOT_FOUND, "was lost as soon as it was there: " + ex.getMessage(), ex);
		}
		catch (RuntimeException ex) {
			close(channel, ex);
			throw ex;
		}
	}

	private SocketChannel connect() {
		SocketChannel channel;
		try {
			channel = SocketChannel.open(StandardProtocolFamily.UNIX);
		}
		catch (UnsupportedOperationException ex) {
			throw failure(Reason.SOCKET_NOT_FOUND, "cannot be used: this system has no Unix sockets", ex);
		}
		catch (IOException ex) {
			throw failure(Reason.SOCKET_NOT_FOUND, "cannot be used, no socket can be opened (" + ex.getMessage()
					+ "); are there too many open files (ulimit -n)?", ex);
		}
		try {
			// blocking, it would hang for ever on a full queue
			channel.configureBlocking(false);
			if (channel.connect(UnixDomainSocketAddress.of(this.path))) {
				return channel;
			}
			throw new IOException("the connection is still pending");
		}
		catch (IOException ex) {
			close(channel, ex);
			throw refused(ex);
		}
	}

	private BridgeStartException refused(IOException ex) {
		if (ex instanceof ConnectException) {
			return failure(Reason.SOCKET_NOT_FOUND,
					"is there, but nobody listens on it; is the daemon running? A file left behind by one that"
							+ " was killed looks like this",
					ex);
		}
		if (!Files.exists(this.path)) {
			return failure(Reason.SOCKET_NOT_FOUND, "has just been removed; is the daemon restarting?", ex);
		}
		if (!Files.isWritable(this.path)) {
			return failure(Reason.PERMISSION_DENIED,
					"may not be connected to by this user; it needs write permission on the socket and access to"
							+ " the folders above it",
					ex);
		}
		return failure(Reason.SOCKET_NOT_FOUND, "takes no connection now (" + ex.getMessage()
				+ "); the daemon does not accept, or its queue of connections is full", ex);
	}

	private BridgeStartException failure(Reason reason, String what, Throwable cause) {
		return new BridgeStartException(Origin.bridge(this.bridge), reason, "the socket " + this.path + ' ' + what,
				List.of(this.path + ": " + cause.getMessage()), List.of(), cause);
	}

	private static void close(SocketChannel channel, Exception failure) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

}
