package dev.rustbridge.actuate.autoconfigure;

import dev.rustbridge.actuate.endpoint.BridgeDescriber;
import dev.rustbridge.actuate.endpoint.BridgesEndpoint;
import dev.rustbridge.actuate.endpoint.BridgesEndpointProperties;
import dev.rustbridge.actuate.endpoint.BridgesWebEndpointExtension;
import dev.rustbridge.actuate.endpoint.ReactiveBridgesWebEndpointExtension;
import dev.rustbridge.actuate.health.RustBridgeHealthContributor;
import dev.rustbridge.actuate.history.BridgeHistories;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of health and endpoint of the bridges.
 */
@AutoConfiguration(after = RustBridgeAutoConfiguration.class)
@ConditionalOnBean(RustBridgeRegistry.class)
public final class RustBridgeActuatorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthContributor.class)
	@ConditionalOnEnabledHealthIndicator("rustbridge")
	static class HealthConfiguration {

		@Bean("rustbridgeHealthContributor")
		@ConditionalOnMissingBean(name = "rustbridgeHealthContributor")
		RustBridgeHealthContributor rustbridgeHealthContributor(RustBridgeRegistry bridges) {
			return new RustBridgeHealthContributor(bridges);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Endpoint.class)
	@ConditionalOnAvailableEndpoint(BridgesEndpoint.class)
	@EnableConfigurationProperties(BridgesEndpointProperties.class)
	static class EndpointConfiguration {

		@Bean
		BridgeHistories rustBridgeHistories(RustBridgeRegistry bridges) {
			return new BridgeHistories(bridges);
		}

		@Bean
		@ConditionalOnMissingBean
		BridgesEndpoint bridgesEndpoint(RustBridgeRegistry bridges, BridgeHistories histories,
				ObjectProvider<SanitizingFunction> sanitizing, BridgesEndpointProperties properties) {
			Sanitizer sanitizer = new Sanitizer(sanitizing.orderedStream().toList());
			return new BridgesEndpoint(bridges, new BridgeDescriber(sanitizer, histories), properties.showValues());
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = Type.SERVLET)
		@ConditionalOnAvailableEndpoint(endpoint = BridgesEndpoint.class, exposure = EndpointExposure.WEB)
		BridgesWebEndpointExtension bridgesWebEndpointExtension(BridgesEndpoint endpoint,
				BridgesEndpointProperties properties) {
			return new BridgesWebEndpointExtension(endpoint, properties.roles());
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = Type.REACTIVE)
		@ConditionalOnAvailableEndpoint(endpoint = BridgesEndpoint.class, exposure = EndpointExposure.WEB)
		ReactiveBridgesWebEndpointExtension reactiveBridgesWebEndpointExtension(BridgesEndpoint endpoint,
				BridgesEndpointProperties properties) {
			return new ReactiveBridgesWebEndpointExtension(endpoint, properties.roles());
		}

	}

}
