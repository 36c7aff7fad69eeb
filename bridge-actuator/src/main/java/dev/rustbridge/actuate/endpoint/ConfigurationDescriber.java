package dev.rustbridge.actuate.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Tells the configuration in force, under the names of the properties in camel case.
 * Values that the daemon is given, arguments and environment, may be secrets: they are
 * shown only where values may be shown, and by what the application's sanitizing
 * functions leave of them, which see the key of the property.
 */
final class ConfigurationDescriber {

	private final Sanitizer sanitizer;

	ConfigurationDescriber(Sanitizer sanitizer) {
		this.sanitizer = sanitizer;
	}

	Map<String, @Nullable Object> describe(BridgeOptions options, boolean showValues) {
		String prefix = "rustbridge.bridges." + options.name() + ".";
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		told.put("enabled", options.enabled());
		told.put("binary", binary(options.binary()));
		told.put("args", args(prefix + "args", options.args(), showValues));
		told.put("environment", environment(prefix + "environment.", options.environment(), showValues));
		told.put("inheritEnvironment", options.inheritEnvironment());
		told.put("workingDirectory", text(options.workingDirectory()));
		told.put("socket", socket(options.socket()));
		told.put("startup", options.startup());
		told.put("health", options.effectiveHealth());
		told.put("readyEvent", options.readyEvent());
		told.put("readyTimeout", options.readyTimeout());
		told.put("requestTimeout", options.requestTimeout());
		told.put("streamTimeout", options.effectiveStreamTimeout());
		told.put("streamBuffer", options.streamBuffer());
		told.put("streamStallTimeout", options.streamStallTimeout());
		told.put("maxMessageSize", options.maxMessageSize());
		told.put("maxInFlight", options.maxInFlight());
		told.put("maxQueuedBytes", options.maxQueuedBytes());
		told.put("instances", options.instances());
		told.put("reconnect", options.reconnect());
		told.put("whileUnavailable", options.whileUnavailable());
		told.put("idleStop", options.idleStop());
		told.put("heartbeat", options.heartbeat());
		told.put("restartMode", options.effectiveRestartMode());
		told.put("idempotentRetries", options.idempotentRetries());
		told.put("stdio", options.stdio());
		told.put("events", options.events());
		told.put("shutdown", options.shutdown());
		told.put("stderr", options.stderr());
		return told;
	}

	private static Map<String, @Nullable Object> binary(BridgeOptions.Binary binary) {
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		told.put("name", binary.name());
		told.put("path", text(binary.path()));
		told.put("envVar", binary.envVar());
		told.put("searchPaths",
				(binary.searchPaths() != null) ? binary.searchPaths().stream().map(Object::toString).toList() : null);
		told.put("searchSystemPath", binary.searchSystemPath());
		told.put("sha256", binary.sha256());
		told.put("cacheDir", text(binary.cacheDir()));
		return told;
	}

	private static Map<String, @Nullable Object> socket(BridgeOptions.Socket socket) {
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		told.put("path", text(socket.path()));
		told.put("peerUid", socket.peerUid());
		return told;
	}

	private List<@Nullable Object> args(String key, List<String> args, boolean showValues) {
		List<@Nullable Object> told = new ArrayList<>();
		for (int i = 0; i < args.size(); i++) {
			told.add(shown(key + "[" + i + "]", args.get(i), showValues));
		}
		return told;
	}

	private Map<String, @Nullable Object> environment(String prefix, Map<String, String> environment,
			boolean showValues) {
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		environment.keySet()
			.stream()
			.sorted()
			.forEach((name) -> told.put(name, shown(prefix + name, environment.get(name), showValues)));
		return told;
	}

	private @Nullable Object shown(String key, @Nullable Object value, boolean showValues) {
		return this.sanitizer.sanitize(new SanitizableData(null, key, value), showValues);
	}

	/** A path is written as such, and not as a URI. */
	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
