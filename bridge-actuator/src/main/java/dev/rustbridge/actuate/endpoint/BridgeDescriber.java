package dev.rustbridge.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Tells what is known of a bridge as plain maps, with secrets left out.
 */
public class BridgeDescriber {

	private final Sanitizer sanitizer;

	private final boolean showValues;

	/**
	 * Makes a describer.
	 * @param sanitizer decides what may be shown of values
	 * @param showValues whether values of the environment may be shown at all
	 */
	public BridgeDescriber(Sanitizer sanitizer, boolean showValues) {
		this.sanitizer = sanitizer;
		this.showValues = showValues;
	}

	Map<String, Object> summary(RustBridge bridge) {
		BridgeInfo info = bridge.info();
		Map<String, Object> summary = new LinkedHashMap<>();
		summary.put("state", info.state());
		summary.put("inFlight", info.inFlight());
		summary.put("waiting", info.waiting());
		summary.put("instances", info.instances().stream().map(BridgeDescriber::instance).toList());
		return summary;
	}

	Map<String, Object> describe(RustBridge bridge) {
		Map<String, Object> description = summary(bridge);
		description.put("configuration", configuration(bridge.options()));
		return description;
	}

	private static Map<String, Object> instance(BridgeInfo.Instance instance) {
		Map<String, Object> told = new LinkedHashMap<>();
		told.put("index", instance.index());
		told.put("state", instance.state());
		told.put("since", instance.since());
		told.put("transport", instance.transport());
		told.put("generation", instance.generation());
		told.put("restarts", instance.restarts());
		put(told, "pid", instance.pid());
		put(told, "executable", text(instance.executable()));
		put(told, "socket", text(instance.socket()));
		put(told, "peer", instance.peer());
		put(told, "startedAt", instance.startedAt());
		put(told, "readyAt", instance.readyAt());
		put(told, "uptime", (instance.readyAt() != null) ? Duration.between(instance.readyAt(), Instant.now()) : null);
		put(told, "version", instance.version());
		told.put("capabilities", instance.capabilities().stream().sorted().toList());
		told.put("methods", instance.methods());
		told.put("inFlight", instance.inFlight());
		told.put("queuedBytes", instance.queuedBytes());
		told.put("crashLoop", instance.crashLoop());
		put(told, "lastError", instance.lastError());
		put(told, "heartbeat",
				(instance.heartbeatNanos() != null) ? Duration.ofNanos(instance.heartbeatNanos()) : null);
		told.put("stderr", instance.stderrTail());
		return told;
	}

	private Map<String, Object> configuration(BridgeOptions options) {
		Map<String, Object> told = new LinkedHashMap<>();
		told.put("enabled", options.enabled());
		told.put("startup", options.startup());
		told.put("health", options.effectiveHealth());
		put(told, "binary", binary(options.binary()));
		put(told, "socket", text(options.socket().path()));
		told.put("args", options.args().stream().map((argument) -> shown("args", argument)).toList());
		told.put("environment", environment(options.environment()));
		told.put("instances", options.instances());
		told.put("requestTimeout", options.requestTimeout());
		told.put("streamTimeout", options.effectiveStreamTimeout());
		told.put("maxMessageSize", options.maxMessageSize());
		told.put("maxInFlight", options.maxInFlight());
		told.put("maxQueuedBytes", options.maxQueuedBytes());
		told.put("streamBuffer", options.streamBuffer());
		told.put("whileUnavailable", options.whileUnavailable());
		told.put("restartMode", options.effectiveRestartMode());
		told.put("reconnect", options.reconnect());
		told.put("heartbeat", options.heartbeat());
		told.put("events", options.events());
		told.put("shutdown", options.shutdown());
		return told;
	}

	private static @Nullable Map<String, Object> binary(BridgeOptions.Binary binary) {
		Map<String, Object> told = new LinkedHashMap<>();
		put(told, "name", binary.name());
		put(told, "path", text(binary.path()));
		put(told, "envVar", binary.envVar());
		put(told, "sha256", binary.sha256());
		return told.isEmpty() ? null : told;
	}

	private Map<String, @Nullable Object> environment(Map<String, String> environment) {
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		environment.keySet().stream().sorted().forEach((name) -> told.put(name, shown(name, environment.get(name))));
		return told;
	}

	private @Nullable Object shown(String key, @Nullable Object value) {
		return this.sanitizer.sanitize(new SanitizableData(null, key, value), this.showValues);
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	private static void put(Map<String, Object> told, String name, @Nullable Object value) {
		if (value != null) {
			told.put(name, value);
		}
	}

}
