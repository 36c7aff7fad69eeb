package dev.rustbridge.process;

import java.nio.file.Path;
import java.util.List;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.SocketTransport;
import dev.rustbridge.transport.Transport;

/**
 * Launches a daemon of our own for each generation, and speaks with it over the Unix
 * socket that it makes.
 */
public final class LaunchedSocketTransport implements Transport {

	private final BridgeOptions options;

	private final Path path;

	private final SocketTransport socket;

	/**
	 * Makes the transport of a bridge.
	 * @param options which executable, how to start and how to stop it, and its socket
	 * @throws IllegalArgumentException without {@code socket.path}
	 */
	public LaunchedSocketTransport(BridgeOptions options) {
		Path path = options.socket().path();
		if (path == null) {
			throw new IllegalArgumentException("Bridge '%s': 'socket.path' is missing".formatted(options.name()));
		}
		this.options = options;
		this.path = path;
		this.socket = new SocketTransport(options.name(), path, options.socket().peerUid());
	}

	@Override
	public String kind() {
		return "socket";
	}

	/**
	 * Launches; the link connects by itself once it was started and the daemon accepts.
	 */
	@Override
	public Link open(IoLoop loop, int instance) {
		refuseIfServed(loop);
		Link stdio = new DaemonLauncher(this.options, Surroundings.current()).launch(loop);
		return new LaunchedSocketLink(this.options.name(), loop, stdio, this.socket);
	}

	/** Else ours would exit, and its calls would go to somebody else's. */
	private void refuseIfServed(IoLoop loop) {
		Link other;
		try {
			other = this.socket.open(loop, 0);
		}
		catch (BridgeStartException ex) {
			if (ex.reason() == Reason.SOCKET_NOT_FOUND) {
				return;
			}
			throw ex;
		}
		other.close();
		throw new BridgeStartException(Origin.bridge(this.options.name()), Reason.PEER_REJECTED,
				("somebody serves the socket %s already; stop that daemon, or leave out 'binary' so that the bridge "
						+ "connects to it")
					.formatted(this.path),
				List.of(), List.of(), null);
	}

}
