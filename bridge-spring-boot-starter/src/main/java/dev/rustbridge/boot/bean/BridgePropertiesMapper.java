package dev.rustbridge.boot.bean;

import java.nio.file.Path;
import java.util.List;

import dev.rustbridge.BridgeSettings;
import dev.rustbridge.boot.properties.BridgeProperties;
import org.jspecify.annotations.Nullable;

/**
 * Carries the properties of a bridge over to its builder: they go no further than here.
 */
final class BridgePropertiesMapper {

	private BridgePropertiesMapper() {
	}

	static void apply(BridgeProperties bridge, BridgeSettings<?> settings) {
		settings.enabled(bridge.enabled());
		process(bridge, settings);
		settings.socketPath(path(bridge.socket().path()));
		settings.socketPeerUid(bridge.socket().peerUid());
		settings.startup(bridge.startup());
		settings.health(bridge.health());
		settings.instances(bridge.instances());
		calls(bridge, settings);
		supervision(bridge, settings);
		settings.eventsBuffer(bridge.events().buffer());
		settings.eventsOverflow(bridge.events().overflow());
	}

	private static void process(BridgeProperties bridge, BridgeSettings<?> settings) {
		BridgeProperties.Binary binary = bridge.binary();
		settings.binaryName(binary.name());
		settings.binaryPath(path(binary.path()));
		settings.binaryEnvVar(binary.envVar());
		settings.binarySearchPaths(paths(binary.searchPaths()));
		settings.binarySearchSystemPath(binary.searchSystemPath());
		settings.binarySha256(binary.sha256());
		settings.binaryCacheDir(path(binary.cacheDir()));
		settings.args(bridge.args());
		settings.environment(bridge.environment());
		settings.inheritEnvironment(bridge.inheritEnvironment());
		settings.workingDirectory(path(bridge.workingDirectory()));
		settings.stdio(bridge.stdio());
		settings.stderrLevel(bridge.stderr().level());
		settings.stderrTailLines(bridge.stderr().tailLines());
	}

	private static void calls(BridgeProperties bridge, BridgeSettings<?> settings) {
		settings.requestTimeout(bridge.requestTimeout());
		settings.streamTimeout(bridge.streamTimeout());
		settings.streamBuffer(bridge.streamBuffer().toBytes());
		settings.streamStallTimeout(bridge.streamStallTimeout());
		settings.maxMessageSize(bridge.maxMessageSize().toBytes());
		settings.maxInFlight(bridge.maxInFlight());
		settings.maxQueuedBytes(bridge.maxQueuedBytes().toBytes());
		settings.whileUnavailable(bridge.whileUnavailable());
		settings.idempotentRetries(bridge.idempotentRetries());
	}

	private static void supervision(BridgeProperties bridge, BridgeSettings<?> settings) {
		settings.readyEvent(bridge.readyEvent());
		settings.readyTimeout(bridge.readyTimeout());
		settings.idleStop(bridge.idleStop());
		settings.restartMode(bridge.restart().mode());
		BridgeProperties.Reconnect reconnect = bridge.reconnect();
		settings.reconnectEnabled(reconnect.enabled());
		settings.reconnectInitialDelay(reconnect.initialDelay());
		settings.reconnectMaxDelay(reconnect.maxDelay());
		settings.reconnectMultiplier(reconnect.multiplier());
		settings.reconnectJitter(reconnect.jitter());
		settings.reconnectMaxAttempts(reconnect.maxAttempts());
		settings.reconnectResetAfter(reconnect.resetAfter());
		BridgeProperties.Heartbeat heartbeat = bridge.heartbeat();
		settings.heartbeatInterval(heartbeat.interval());
		settings.heartbeatTimeout(heartbeat.timeout());
		settings.heartbeatBusyTimeout(heartbeat.busyTimeout());
		BridgeProperties.Shutdown shutdown = bridge.shutdown();
		settings.shutdownDrainTimeout(shutdown.drainTimeout());
		settings.shutdownExitTimeout(shutdown.exitTimeout());
		settings.shutdownKillTimeout(shutdown.killTimeout());
		settings.shutdownDescendants(shutdown.descendants());
	}

	private static @Nullable Path path(@Nullable String path) {
		return (path != null) ? Path.of(path) : null;
	}

	private static @Nullable List<Path> paths(@Nullable List<String> paths) {
		return (paths != null) ? paths.stream().map(Path::of).toList() : null;
	}

}
