package dev.rustbridge.actuate.history;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * What is remembered of all bridges, from before they are started.
 */
public final class BridgeHistories implements SmartInitializingSingleton {

	private final RustBridgeRegistry bridges;

	private final Map<String, BridgeHistory> histories = new ConcurrentHashMap<>();

	/**
	 * Makes the histories.
	 * @param bridges the bridges of the application
	 */
	public BridgeHistories(RustBridgeRegistry bridges) {
		this.bridges = bridges;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (RustBridge bridge : this.bridges) {
			BridgeHistory history = new BridgeHistory(Clock.systemUTC());
			// a test's mock of a bridge answers null to all, and tells nothing
			this.histories.put(Objects.requireNonNullElse(bridge.name(), bridge.toString()), history);
			bridge.addListener(history);
		}
	}

	/**
	 * What is remembered of a bridge.
	 * @param bridge the bridge's name
	 * @return its history; an empty one of a bridge that is not known
	 */
	public BridgeHistory of(String bridge) {
		return this.histories.getOrDefault(bridge, new BridgeHistory(Clock.systemUTC()));
	}

}
