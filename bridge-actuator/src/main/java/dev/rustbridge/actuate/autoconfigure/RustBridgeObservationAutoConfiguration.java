package dev.rustbridge.actuate.autoconfigure;

import dev.rustbridge.actuate.observation.BridgeCommandObservationConvention;
import dev.rustbridge.actuate.observation.BridgeEventObservationConvention;
import dev.rustbridge.actuate.observation.BridgeHandlerObservationConvention;
import dev.rustbridge.actuate.observation.BridgeObserver;
import dev.rustbridge.actuate.observation.DefaultBridgeCommandObservationConvention;
import dev.rustbridge.actuate.observation.ObservationEventInterceptor;
import dev.rustbridge.actuate.observation.ObservationHandlerInterceptor;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of observations: only where their traces go somewhere. A registry
 * alone would turn them into meters, which there are already, and for a tenth of the
 * price.
 */
@AutoConfiguration(after = { RustBridgeAutoConfiguration.class, MicrometerTracingAutoConfiguration.class })
@ConditionalOnClass({ ObservationRegistry.class, PropagatingSenderTracingObservationHandler.class })
@ConditionalOnBean({ RustBridgeRegistry.class, ObservationRegistry.class,
		PropagatingSenderTracingObservationHandler.class })
public final class RustBridgeObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static BridgeObserver rustBridgeObserver(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<BridgeCommandObservationConvention> convention) {
		return new BridgeObserver(registry, convention);
	}

	@Bean
	@ConditionalOnMissingBean
	ObservationHandlerInterceptor rustBridgeObservationHandlerInterceptor(ObservationRegistry registry,
			ObjectProvider<BridgeHandlerObservationConvention> convention) {
		return new ObservationHandlerInterceptor(registry, convention.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	ObservationEventInterceptor rustBridgeObservationEventInterceptor(ObservationRegistry registry,
			ObjectProvider<BridgeEventObservationConvention> convention) {
		return new ObservationEventInterceptor(registry, convention.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(name = "rustBridgeObservationMeterFilter")
	MeterFilter rustBridgeObservationMeterFilter() {
		return MeterFilter.denyNameStartsWith(DefaultBridgeCommandObservationConvention.NAME);
	}

}
