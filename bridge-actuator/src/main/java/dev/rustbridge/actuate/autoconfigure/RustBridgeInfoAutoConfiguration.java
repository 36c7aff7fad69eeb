package dev.rustbridge.actuate.autoconfigure;

import dev.rustbridge.actuate.info.RustBridgeInfoContributor;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what the endpoint {@code info} tells of the bridges; switched off
 * by {@code management.info.rustbridge.enabled}.
 */
@AutoConfiguration(after = RustBridgeAutoConfiguration.class)
@ConditionalOnBean(RustBridgeRegistry.class)
public final class RustBridgeInfoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnEnabledInfoContributor("rustbridge")
	RustBridgeInfoContributor rustBridgeInfoContributor(RustBridgeRegistry bridges) {
		return new RustBridgeInfoContributor(bridges);
	}

}
