package dev.rustbridge.actuate.health;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;

/**
 * The health of all bridges: always a composite, so that its shape does not change with
 * the number of bridges, and a group may name a single one ({@code rustbridge/search}).
 */
public final class RustBridgeHealthContributor implements CompositeReactiveHealthContributor {

	private final RustBridgeRegistry bridges;

	/**
	 * Makes a contributor.
	 * @param bridges the bridges of the application
	 */
	public RustBridgeHealthContributor(RustBridgeRegistry bridges) {
		this.bridges = bridges;
	}

	@Override
	public @Nullable ReactiveHealthContributor getContributor(String name) {
		RustBridge bridge = this.bridges.find(name);
		return (bridge != null) ? new RustBridgeHealthIndicator(bridge) : null;
	}

	@Override
	public Stream<Entry> stream() {
		return StreamSupport.stream(this.bridges.spliterator(), false)
			.map((bridge) -> new Entry(bridge.name(), new RustBridgeHealthIndicator(bridge)));
	}

}
