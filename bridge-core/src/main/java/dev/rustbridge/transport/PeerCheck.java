package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeInfo.PeerCredentials;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may be on the other end of a socket: the configured user, else our own and root.
 *
 * <p>
 * The owner of the file tells who made it, the credentials who listens on it. The JDK
 * gives the latter as principals, which compare by their number but do not tell it; so
 * the users that are allowed are turned into principals, not the other way round. It has
 * no process id to give, which {@link ListenerPid} looks for. Where a system knows
 * neither (Windows), access to the file is all the protection there is.
 */
final class PeerCheck {

	private static final Logger logger = LoggerFactory.getLogger(PeerCheck.class);

	private static final int TYPE_MASK = 0170000;

	private static final int SOCKET_TYPE = 0140000;

	private static final int PERMISSION_MASK = 07777;

	private static final int WRITABLE_BY_ALL = 0002;

	private static final long ROOT = 0;

	private final String bridge;

	private final Path path;

	private final @Nullable Long expected;

	private final AtomicBoolean warned = new AtomicBoolean();

	PeerCheck(String bridge, Path path, @Nullable Long expected) {
		this.bridge = bridge;
		this.path = path;
		this.expected = expected;
	}

	/**
	 * Checks that the file is a socket, and its owner.
	 * @throws BridgeStartException when it is not there or not to be trusted
	 */
	void checkFile() {
		if (!hasUnixAttributes()) {
			return;
		}
		try {
			checkMode((int) Files.getAttribute(this.path, "unix:mode"));
			checkOwner(Integer.toUnsignedLong((int) Files.getAttribute(this.path, "unix:uid")));
		}
		catch (NoSuchFileException ex) {
			throw failure(Reason.SOCKET_NOT_FOUND,
					"there is no socket " + this.path + "; is the daemon running, and is socket.path right?", ex);
		}
		catch (AccessDeniedException ex) {
			throw failure(Reason.PERMISSION_DENIED, "a folder above the socket " + this.path
					+ " may not be entered by this user; give it access, or move the socket", ex);
		}
		catch (IOException ex) {
			throw failure(Reason.PERMISSION_DENIED, "the owner of the socket " + this.path
					+ " cannot be compared with our own user (" + ex + "); set socket.peer-uid", ex);
		}
	}

	private void checkMode(int mode) {
		if ((mode & TYPE_MASK) != SOCKET_TYPE) {
			throw failure(Reason.SOCKET_NOT_FOUND, this.path + " is not a socket; is socket.path right?", null);
		}
		if ((mode & WRITABLE_BY_ALL) != 0 && this.warned.compareAndSet(false, true)) {
			logger.warn(
					"Bridge '{}': every user of this machine may command the daemon behind {} (mode {});"
							+ " should it not be 0600 or 0660?",
					this.bridge, this.path, Integer.toOctalString(mode & PERMISSION_MASK));
		}
	}

	private void checkOwner(long owner) throws IOException {
		for (long uid : allowedUids()) {
			if (uid == owner) {
				return;
			}
		}
		throw failure(Reason.PEER_REJECTED, "the socket " + this.path + " belongs to the user with the id " + owner
				+ ", but " + expectation() + "; set socket.peer-uid to " + owner + " if that is right", null);
	}

	/**
	 * Checks who listens.
	 * @param channel a connected channel
	 * @param daemon the process behind it, if it is ours
	 * @return the credentials, {@code null} where the system does not tell them
	 * @throws IOException when the connection is lost
	 * @throws BridgeStartException when it is somebody else
	 */
	@Nullable PeerCredentials checkPeer(SocketChannel channel, @Nullable DaemonHandle daemon) throws IOException {
		if (!hasUnixAttributes() || !channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
			return null;
		}
		UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
		long pid = (daemon != null) ? daemon.pid() : ListenerPid.of(this.path);
		for (long uid : allowedUids()) {
			if (isUser(peer.user(), uid)) {
				return new PeerCredentials(uid, groupId(peer), pid);
			}
		}
		throw failure(Reason.PEER_REJECTED, "the socket " + this.path + " is served by the user "
				+ peer.user().getName() + ", but " + expectation() + "; set socket.peer-uid to its id if that is right",
				null);
	}

	private long[] allowedUids() throws IOException {
		return (this.expected != null) ? new long[] { this.expected } : new long[] { OwnUser.uid(), ROOT };
	}

	private String expectation() throws IOException {
		return (this.expected != null) ? "socket.peer-uid is " + this.expected
				: "only our own user (" + OwnUser.uid() + ") and root are trusted";
	}

	/** A name made of digits is looked up as a name first, and then taken as a number. */
	private static boolean isUser(UserPrincipal user, long uid) throws IOException {
		return FileSystems.getDefault()
			.getUserPrincipalLookupService()
			.lookupPrincipalByName(Long.toString(uid))
			.equals(user);
	}

	/** The group of the socket's file, if that is the peer's: its number is known. */
	private long groupId(UnixDomainPrincipal peer) throws IOException {
		if (peer.group().equals(Files.getAttribute(this.path, "unix:group"))) {
			return Integer.toUnsignedLong((int) Files.getAttribute(this.path, "unix:gid"));
		}
		return -1;
	}

	private BridgeStartException failure(Reason reason, String message, @Nullable Throwable cause) {
		return new BridgeStartException(Origin.bridge(this.bridge), reason, message, List.of(message), List.of(),
				cause);
	}

	private static boolean hasUnixAttributes() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
	}

}
