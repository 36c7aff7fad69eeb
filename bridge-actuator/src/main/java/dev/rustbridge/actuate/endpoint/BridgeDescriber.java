package dev.rustbridge.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.history.BridgeHistories;
import dev.rustbridge.actuate.history.BridgeHistory;
import dev.rustbridge.actuate.process.DaemonPids;
import dev.rustbridge.actuate.process.ProcessUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Tells what is known of a bridge as plain maps, with secrets left out. What is not known
 * is left out too.
 */
public class BridgeDescriber {

	private final ConfigurationDescriber configuration;

	private final BridgeHistories histories;

	/**
	 * Makes a describer.
	 * @param sanitizer decides what may be shown of values
	 * @param histories what is remembered of the bridges
	 */
	public BridgeDescriber(Sanitizer sanitizer, BridgeHistories histories) {
		this.configuration = new ConfigurationDescriber(sanitizer);
		this.histories = histories;
	}

	Map<String, Object> summary(RustBridge bridge) {
		BridgeInfo info = bridge.info();
		Map<String, Object> summary = new LinkedHashMap<>();
		summary.put("state", info.state());
		summary.put("inFlight", info.inFlight());
		summary.put("waiting", info.waiting());
		summary.put("stopped", info.stopped());
		summary.put("instances", info.instances().stream().map(BridgeDescriber::instance).toList());
		return summary;
	}

	Map<String, Object> describe(RustBridge bridge, boolean showValues) {
		Map<String, Object> description = summary(bridge);
		BridgeHistory history = this.histories.of(bridge.name());
		description.put("latency", history.latencies());
		description.put("history", history.steps());
		description.put("errors", history.failures());
		description.put("configuration", this.configuration.describe(bridge.options(), showValues));
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
		put(told, "process", process(instance));
		put(told, "executable", text(instance.executable()));
		put(told, "socket", text(instance.socket()));
		put(told, "peer", instance.peer());
		put(told, "startedAt", instance.startedAt());
		put(told, "readyAt", instance.readyAt());
		put(told, "uptime", uptime(instance));
		put(told, "version", instance.version());
		told.put("capabilities", instance.capabilities().stream().sorted().toList());
		told.put("methods", instance.methods());
		told.put("inFlight", instance.inFlight());
		told.put("queuedBytes", instance.queuedBytes());
		told.put("crashLoop", instance.crashLoop());
		put(told, "lastError", instance.lastError());
		put(told, "lastErrorAt", instance.lastErrorAt());
		put(told, "heartbeat",
				(instance.heartbeatNanos() != null) ? Duration.ofNanos(instance.heartbeatNanos()) : null);
		told.put("stderr", instance.stderrTail());
		return told;
	}

	/** Of a daemon that serves; what is known of one that has ended stays the same. */
	private static @Nullable Duration uptime(BridgeInfo.Instance instance) {
		boolean serves = instance.state() == BridgeState.READY || instance.state() == BridgeState.DRAINING;
		return (serves && instance.readyAt() != null) ? Duration.between(instance.readyAt(), Instant.now()) : null;
	}

	private static @Nullable Map<String, Object> process(BridgeInfo.Instance instance) {
		Long pid = DaemonPids.of(instance);
		if (pid == null) {
			return null;
		}
		ProcessUsage usage = ProcessUsage.of(pid);
		Map<String, Object> told = new LinkedHashMap<>();
		put(told, "cpuTime", usage.cpuTime());
		put(told, "residentBytes", usage.residentBytes());
		put(told, "threads", usage.threads());
		put(told, "descriptors", usage.descriptors());
		return told.isEmpty() ? null : told;
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
