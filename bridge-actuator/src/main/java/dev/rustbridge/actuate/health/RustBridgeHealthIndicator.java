package dev.rustbridge.actuate.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.HealthRequirement;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one bridge. Only a required bridge turns the application down.
 */
final class RustBridgeHealthIndicator implements ReactiveHealthIndicator {

	/**
	 * An optional bridge does not work. The aggregator does not know it, so the
	 * application stays UP.
	 */
	static final Status DEGRADED = new Status("DEGRADED");

	private final RustBridge bridge;

	RustBridgeHealthIndicator(RustBridge bridge) {
		this.bridge = bridge;
	}

	@Override
	public Mono<Health> health() {
		return Mono.fromSupplier(this::current);
	}

	private Health current() {
		BridgeInfo info = this.bridge.info();
		if (Objects.isNull(info)) {
			// a test's mock of a bridge
			return Health.unknown().build();
		}
		Health.Builder health = Health.status(status(info, this.bridge.options())).withDetail("state", info.state());
		if (info.instances().size() == 1) {
			details(info.instances().get(0)).forEach(health::withDetail);
		}
		else {
			health.withDetail("instances", info.instances().stream().map((instance) -> {
				Map<String, Object> details = new LinkedHashMap<>();
				details.put("index", instance.index());
				details.put("state", instance.state());
				details.putAll(details(instance));
				return details;
			}).toList());
		}
		return health.build();
	}

	static Status status(BridgeInfo info, BridgeOptions options) {
		if (!options.enabled()) {
			return Status.UNKNOWN;
		}
		BridgeState state = info.state();
		if (state == BridgeState.READY) {
			return Status.UP;
		}
		if (options.startup() == BridgeOptions.Startup.LAZY && isAtRest(state) && !info.stopped()) {
			return Status.UNKNOWN;
		}
		if (options.effectiveHealth() == HealthRequirement.OPTIONAL) {
			return DEGRADED;
		}
		return switch (state) {
			case STOPPED, DRAINING -> Status.OUT_OF_SERVICE;
			default -> Status.DOWN;
		};
	}

	/** Not started yet, or stopped, or about to be. */
	private static boolean isAtRest(BridgeState state) {
		return state == BridgeState.STOPPED || state == BridgeState.DRAINING;
	}

	private static Map<String, Object> details(BridgeInfo.Instance instance) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("since", instance.since());
		details.put("transport", instance.transport());
		put(details, "pid", instance.pid());
		put(details, "socket", (instance.socket() != null) ? instance.socket().toString() : null);
		put(details, "version", instance.version());
		details.put("generation", instance.generation());
		details.put("restarts", instance.restarts());
		if (instance.crashLoop()) {
			details.put("crashLoop", true);
		}
		put(details, "lastError", instance.lastError());
		put(details, "lastErrorAt", instance.lastErrorAt());
		put(details, "heartbeat",
				(instance.heartbeatNanos() != null) ? Duration.ofNanos(instance.heartbeatNanos()) : null);
		if (!instance.stderrTail().isEmpty()) {
			details.put("stderr", instance.stderrTail());
		}
		return details;
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value);
		}
	}

}
