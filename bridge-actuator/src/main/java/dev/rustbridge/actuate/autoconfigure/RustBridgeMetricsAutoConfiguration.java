package dev.rustbridge.actuate.autoconfigure;

import dev.rustbridge.actuate.metrics.RustBridgeMetrics;
import dev.rustbridge.actuate.metrics.RustBridgeMetricsProperties;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of the bridges, where there is a registry.
 */
@AutoConfiguration(after = { RustBridgeAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ RustBridgeRegistry.class, MeterRegistry.class })
@EnableConfigurationProperties(RustBridgeMetricsProperties.class)
public final class RustBridgeMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RustBridgeMetrics rustBridgeMetrics(RustBridgeRegistry bridges, RustBridgeMetricsProperties properties) {
		return new RustBridgeMetrics(bridges, properties.limits());
	}

}
