package dev.rustbridge.boot.autoconfigure;

import java.time.Duration;

import dev.rustbridge.boot.BridgeJsonMapperCustomizer;
import dev.rustbridge.boot.RustBridgeConnectionDetails;
import dev.rustbridge.boot.RustBridgeCustomizer;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.bean.BeanFactoryBridgeRegistry;
import dev.rustbridge.boot.bean.BridgeBeanNames;
import dev.rustbridge.boot.bean.BridgeBeanRegistrar;
import dev.rustbridge.boot.bean.BridgeFactory;
import dev.rustbridge.boot.bean.BridgeJsonMappers;
import dev.rustbridge.boot.event.DispatchExecutor;
import dev.rustbridge.boot.event.EventDispatchers;
import dev.rustbridge.boot.event.EventDispatchersAttacher;
import dev.rustbridge.boot.lifecycle.BridgeLifecycle;
import dev.rustbridge.boot.properties.RustBridgeProperties;
import dev.rustbridge.boot.properties.RustBridgePropertiesBinder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the bridges that {@code rustbridge.bridges} declares.
 */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
@Import(BridgeBeanRegistrar.class)
public final class RustBridgeAutoConfiguration {

	@Bean
	static BridgeBeanNames rustBridgeBeanNames() {
		return new BridgeBeanNames();
	}

	@Bean
	@ConditionalOnMissingBean
	RustBridgeProperties rustBridgeProperties(Environment environment) {
		return new RustBridgePropertiesBinder(environment).bind();
	}

	@Bean
	@ConditionalOnMissingBean
	BridgeJsonMappers rustBridgeJsonMappers(ObjectProvider<JsonMapper> mapper,
			ObjectProvider<BridgeJsonMapperCustomizer> customizers) {
		return new BridgeJsonMappers(mapper.getIfUnique(), customizers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	BridgeFactory rustBridgeFactory(RustBridgeProperties properties, BridgeJsonMappers mappers,
			ObjectProvider<RustBridgeConnectionDetails> connectionDetails,
			ObjectProvider<RustBridgeCustomizer> customizers, Environment environment) {
		return new BridgeFactory(properties, mappers, connectionDetails.getIfAvailable(),
				customizers.orderedStream().toList(), environment);
	}

	@Bean
	@ConditionalOnMissingBean(RustBridgeRegistry.class)
	BeanFactoryBridgeRegistry rustBridgeRegistry(ListableBeanFactory beanFactory) {
		return new BeanFactoryBridgeRegistry(beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	DispatchExecutor rustBridgeDispatchExecutor(ApplicationContext context) {
		return new DispatchExecutor(Threading.VIRTUAL.isActive(context.getEnvironment()), context.getClassLoader());
	}

	@Bean
	@ConditionalOnMissingBean
	EventDispatchers rustBridgeEventDispatchers(ApplicationContext context, DispatchExecutor executor) {
		return new EventDispatchers(context, executor);
	}

	@Bean
	static EventDispatchersAttacher rustBridgeEventDispatchersAttacher(ObjectProvider<EventDispatchers> dispatchers) {
		return new EventDispatchersAttacher(dispatchers);
	}

	@Bean
	@ConditionalOnMissingBean
	BridgeLifecycle rustBridgeLifecycle(RustBridgeRegistry registry, EventDispatchers dispatchers,
			Environment environment) {
		return new BridgeLifecycle(registry, dispatchers, environment
			.getProperty("spring.lifecycle.timeout-per-shutdown-phase", Duration.class, Duration.ofSeconds(30)));
	}

}
