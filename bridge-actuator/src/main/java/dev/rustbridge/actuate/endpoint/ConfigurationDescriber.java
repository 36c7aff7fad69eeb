package dev.rustbridge.actuate.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;

/**
 * Tells the configuration in force, under the names of the properties in camel case.
 * Values that the daemon is given, arguments and environment, may be secrets: they are
 * shown only where values may be shown, and by what the application's sanitizing
 * functions leave of them, which see the key of the property.
 */
final class ConfigurationDescriber {

	/** As properties say them: a MB of theirs has 1024 KB. */
	private static final DataUnit[] UNITS = { DataUnit.GIGABYTES, DataUnit.MEGABYTES, DataUnit.KILOBYTES };

	private static final Map<DataUnit, String> SUFFIXES = Map.of(DataUnit.GIGABYTES, "GB", DataUnit.MEGABYTES, "MB",
			DataUnit.KILOBYTES, "KB");

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
		told.put("workingDirectory", or(text(options.workingDirectory()), "that of the application"));
		told.put("socket", socket(options.socket()));
		told.put("startup", options.startup());
		told.put("health", options.effectiveHealth());
		told.put("readyEvent", options.readyEvent());
		told.put("readyTimeout", options.readyTimeout());
		told.put("requestTimeout", options.requestTimeout());
		told.put("streamTimeout", options.effectiveStreamTimeout());
		told.put("streamBuffer", size(options.streamBuffer()));
		told.put("streamStallTimeout", options.streamStallTimeout());
		told.put("maxMessageSize", size(options.maxMessageSize()));
		told.put("maxInFlight", options.maxInFlight());
		told.put("maxQueuedBytes", size(options.maxQueuedBytes()));
		told.put("instances", options.instances());
		told.put("reconnect", reconnect(options.reconnect()));
		told.put("whileUnavailable", options.whileUnavailable());
		told.put("idleStop", or(options.idleStop(), "never"));
		told.put("heartbeat", heartbeat(options.heartbeat()));
		told.put("restartMode", options.effectiveRestartMode());
		told.put("idempotentRetries", options.idempotentRetries());
		told.put("stdio", options.stdio());
		told.put("events", options.events());
		told.put("shutdown", options.shutdown());
		told.put("stderr", stderr(options.stderr()));
		return told;
	}

	private static Map<String, @Nullable Object> binary(BridgeOptions.Binary binary) {
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		told.put("name", binary.name());
		told.put("path", text(binary.path()));
		told.put("envVar", binary.envVar());
		told.put("searchPaths", (binary.searchPaths() != null)
				? binary.searchPaths().stream().map(Object::toString).toList() : "those of Cargo");
		told.put("searchSystemPath", binary.searchSystemPath());
		told.put("sha256", binary.sha256());
		told.put("cacheDir", or(text(binary.cacheDir()), "that of the user"));
		return told;
	}

	private static Map<String, @Nullable Object> socket(BridgeOptions.Socket socket) {
		Map<String, @Nullable Object> told = new LinkedHashMap<>();
		told.put("path", text(socket.path()));
		if (socket.path() != null) {
			told.put("peerUid", or(socket.peerUid(), "own user or root"));
		}
		return told;
	}

	private static Map<String, Object> reconnect(BridgeOptions.Reconnect reconnect) {
		Map<String, Object> told = new LinkedHashMap<>();
		told.put("enabled", reconnect.enabled());
		told.put("initialDelay", reconnect.initialDelay());
		told.put("maxDelay", reconnect.maxDelay());
		told.put("multiplier", reconnect.multiplier());
		told.put("jitter", reconnect.jitter());
		told.put("maxAttempts", or(reconnect.maxAttempts(), "no limit"));
		told.put("resetAfter", reconnect.resetAfter());
		return told;
	}

	private static Map<String, Object> heartbeat(BridgeOptions.Heartbeat heartbeat) {
		Map<String, Object> told = new LinkedHashMap<>();
		told.put("interval", or(heartbeat.interval(), "10s with the extended protocol, else off"));
		told.put("timeout", heartbeat.timeout());
		told.put("busyTimeout", or(heartbeat.busyTimeout(), "off"));
		return told;
	}

	private static Map<String, Object> stderr(BridgeOptions.Stderr stderr) {
		Map<String, Object> told = new LinkedHashMap<>();
		told.put("level", or(stderr.level(), "as each line says, else INFO"));
		told.put("tailLines", stderr.tailLines());
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

	/** What holds where nothing was set. */
	private static Object or(@Nullable Object value, String otherwise) {
		return (value != null) ? value : otherwise;
	}

	private static String size(long bytes) {
		for (DataUnit unit : UNITS) {
			long whole = DataSize.of(1, unit).toBytes();
			if (bytes >= whole && bytes % whole == 0) {
				return bytes / whole + SUFFIXES.get(unit);
			}
		}
		return bytes + "B";
	}

	/** A path is written as such, and not as a URI. */
	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
