package dev.rustbridge.supervision;

import java.util.Set;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.connection.Capabilities;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.Link;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is known of an instance, on any thread.
 */
public final class InstanceSnapshot {

	private InstanceSnapshot() {
	}

	/**
	 * Takes a snapshot.
	 * @param instance of which
	 * @param options the bridge's options
	 * @return what is known
	 */
	public static BridgeInfo.Instance of(Instance instance, BridgeOptions options) {
		Generation generation = instance.current();
		Link link = (generation != null) ? generation.link() : null;
		DaemonHandle daemon = (link != null) ? link.daemon() : null;
		Connection connection = (generation != null) ? generation.connectionIfOpen() : null;
		Capabilities capabilities = (connection != null) ? connection.capabilities() : Capabilities.CLASSIC;
		InstanceHistory history = instance.history();
		BridgeInfo.PeerCredentials peer = (link != null) ? link.peer() : null;
		return new BridgeInfo.Instance(instance.index(), instance.state(), history.since(),
				(link != null) ? link.kind() : instance.transportKind(), (generation != null) ? generation.number() : 0,
				Math.max(0, history.served() - 1), pid(daemon, peer), (daemon != null) ? daemon.executable() : null,
				options.socket().path(), peer, (generation != null) ? generation.times().openedAt() : null,
				(generation != null) ? generation.times().readyAt() : null, capabilities.version(),
				Set.copyOf(capabilities.names()), capabilities.methods(), instance.inFlight(),
				(connection != null) ? connection.queuedBytes() : 0, history.crashLoop(), history.story(),
				history.failedAt(), (daemon != null && daemon.isAlive()) ? daemon.stderrTail() : history.stderrTail(),
				(generation != null) ? generation.heartbeatNanos() : null);
	}

	private static @Nullable Long pid(@Nullable DaemonHandle daemon, BridgeInfo.@Nullable PeerCredentials peer) {
		if (daemon != null) {
			return daemon.isAlive() ? daemon.pid() : null;
		}
		return (peer != null && peer.pid() > 0) ? peer.pid() : null;
	}

}
