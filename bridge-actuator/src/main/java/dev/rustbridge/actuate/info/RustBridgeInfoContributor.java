package dev.rustbridge.actuate.info;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeRegistry;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * The versions of the daemons, as they tell them when they are ready: one, or several
 * while a pool is being brought to another. A bridge whose daemon tells none, or was
 * never there, has no entry.
 */
public final class RustBridgeInfoContributor implements InfoContributor {

	private final RustBridgeRegistry bridges;

	/**
	 * Makes a contributor.
	 * @param bridges the bridges of the application
	 */
	public RustBridgeInfoContributor(RustBridgeRegistry bridges) {
		this.bridges = bridges;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> told = new LinkedHashMap<>();
		for (RustBridge bridge : this.bridges) {
			BridgeInfo info = bridge.info();
			// a test's mock of a bridge answers null to all
			List<String> versions = Objects.isNull(info) ? List.of() : versions(info);
			if (!versions.isEmpty()) {
				told.put(bridge.name(), Map.of("version", (versions.size() == 1) ? versions.get(0) : versions));
			}
		}
		if (!told.isEmpty()) {
			builder.withDetail("rustbridge", told);
		}
	}

	private static List<String> versions(BridgeInfo info) {
		return info.instances()
			.stream()
			.map(BridgeInfo.Instance::version)
			.filter(Objects::nonNull)
			.map(String::valueOf)
			.distinct()
			.toList();
	}

}
