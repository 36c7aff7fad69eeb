package dev.rustbridge.actuate.metrics;

import java.util.Objects;

import dev.rustbridge.RustBridge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the meters of bridges, {@link RustBridgeMeter}, to a registry. Without Spring:
 * {@code new RustBridgeMetrics(List.of(bridge), MeterLimits.DEFAULTS).bindTo(registry)}
 * before the bridge is started. As long as it is bound to no registry, the bridges are
 * not listened to.
 */
public final class RustBridgeMetrics implements MeterBinder {

	private final Iterable<RustBridge> bridges;

	private final MeterLimits limits;

	/**
	 * Makes the meters of bridges.
	 * @param bridges asked for when they are bound
	 * @param limits bounds of the tags
	 */
	public RustBridgeMetrics(Iterable<RustBridge> bridges, MeterLimits limits) {
		this.bridges = bridges;
		this.limits = limits;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (RustBridge bridge : this.bridges) {
			// a test's mock of a bridge answers null to all
			if (Objects.nonNull(bridge.options())) {
				Instruments instruments = new Instruments(registry, bridge.name());
				InstanceGauges.register(bridge, instruments);
				bridge.addListener(new BridgeMeters(instruments, this.limits));
			}
		}
	}

}
