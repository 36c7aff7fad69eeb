package dev.rustbridge.boot.properties;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * All of {@code rustbridge.*}. Bound by {@link RustBridgePropertiesBinder}, which merges
 * the defaults under each bridge; the annotation is what the metadata is generated from.
 *
 * @param defaults What holds for every bridge that does not say otherwise.
 * @param bridges The bridges by name, each with the same keys as 'rustbridge.defaults'. A
 * bean of type RustBridge is made for each.
 */
@ConfigurationProperties("rustbridge")
public record RustBridgeProperties(@NestedConfigurationProperty BridgeProperties defaults,
		Map<String, BridgeProperties> bridges) {

	public RustBridgeProperties {
		bridges = Collections.unmodifiableMap(new LinkedHashMap<>(bridges));
	}

}
