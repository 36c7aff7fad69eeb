package dev.rustbridge.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.rustbridge.boot.UnknownBridgeException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scripted daemons behind the bridges of an application, by the names of the bridges.
 *
 * @see AutoConfigureTestRustBridge
 */
public final class ScriptedDaemons {

	private final List<String> bridges;

	private final Function<String, JsonMapper> mappers;

	private final List<ScriptedDaemonCustomizer> customizers;

	private final Map<String, ScriptedDaemon> daemons = new ConcurrentHashMap<>();

	/**
	 * Makes daemons, each when it is first asked for.
	 * @param bridges the names of the bridges
	 * @param mappers the mapper of each bridge
	 * @param customizers in their order
	 */
	public ScriptedDaemons(List<String> bridges, Function<String, JsonMapper> mappers,
			List<ScriptedDaemonCustomizer> customizers) {
		this.bridges = List.copyOf(bridges);
		this.mappers = mappers;
		this.customizers = List.copyOf(customizers);
	}

	/**
	 * The daemon behind a bridge.
	 * @param bridge the bridge's name
	 * @return the daemon
	 * @throws UnknownBridgeException when no bridge of that name is declared
	 */
	public ScriptedDaemon get(String bridge) {
		if (!this.bridges.contains(bridge)) {
			throw new UnknownBridgeException(bridge, this.bridges, "the test");
		}
		return this.daemons.computeIfAbsent(bridge, this::create);
	}

	/**
	 * Resets all daemons, and tells them again what they must know from the start.
	 */
	public void reset() {
		this.daemons.forEach((bridge, daemon) -> {
			daemon.reset();
			customize(bridge, daemon);
		});
	}

	void forgetReceived() {
		this.daemons.values().forEach(ScriptedDaemon::forgetReceived);
	}

	private ScriptedDaemon create(String bridge) {
		ScriptedDaemon daemon = new ScriptedDaemon(this.mappers.apply(bridge));
		customize(bridge, daemon);
		return daemon;
	}

	private void customize(String bridge, ScriptedDaemon daemon) {
		this.customizers.forEach((customizer) -> customizer.customize(bridge, daemon));
	}

}
