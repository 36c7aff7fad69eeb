package dev.rustbridge.boot.autoconfigure;

import java.time.Duration;

import dev.rustbridge.boot.BridgeEventInterceptor;
import dev.rustbridge.boot.BridgeHandlerInterceptor;
import dev.rustbridge.boot.BridgeJsonMapperCustomizer;
import dev.rustbridge.boot.RustBridgeConnectionDetails;
import dev.rustbridge.boot.RustBridgeCustomizer;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.bean.BeanFactoryBridgeRegistry;
import dev.rustbridge.boot.bean.BridgeBeanNames;
import dev.rustbridge.boot.bean.BridgeBeanRegistrar;
import dev.rustbridge.boot.bean.BridgeFactory;
import dev.rustbridge.boot.bean.BridgeJsonMappers;
import dev.rustbridge.boot.client.ClientFactory;
import dev.rustbridge.boot.client.ClientScanRegistrar;
import dev.rustbridge.boot.event.BridgeAttacher;
import dev.rustbridge.boot.event.BridgeAttachment;
import dev.rustbridge.boot.event.BridgeEventListenerFactory;
import dev.rustbridge.boot.event.DispatchExecutor;
import dev.rustbridge.boot.event.EventDispatchers;
import dev.rustbridge.boot.event.EventFilter;
import dev.rustbridge.boot.event.EventInterceptors;
import dev.rustbridge.boot.event.IsolatingEventMulticaster;
import dev.rustbridge.boot.handler.CallHandlers;
import dev.rustbridge.boot.handler.HandlerCheck;
import dev.rustbridge.boot.handler.HandlerRegistry;
import dev.rustbridge.boot.handler.ReplyHandlers;
import dev.rustbridge.boot.lifecycle.BridgeLifecycle;
import dev.rustbridge.boot.properties.RustBridgeProperties;
import dev.rustbridge.boot.properties.RustBridgePropertiesBinder;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;

/**
 * Auto-configuration of the bridges that {@code rustbridge.bridges} declares.
 */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
@Import({ BridgeBeanRegistrar.class, ClientScanRegistrar.class })
@ImportRuntimeHints(RustBridgeRuntimeHints.class)
public final class RustBridgeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
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
	@ConditionalOnMissingBean(name = "rustBridgeClientFactory")
	ClientFactory rustBridgeClientFactory(RustBridgeRegistry registry, ConfigurableListableBeanFactory beanFactory) {
		return new ClientFactory(registry, beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	DispatchExecutor rustBridgeDispatchExecutor(ApplicationContext context, ObjectProvider<TaskDecorator> decorators) {
		return new DispatchExecutor(Threading.VIRTUAL.isActive(context.getEnvironment()),
				new CompositeTaskDecorator(decorators.orderedStream().toList()), context.getClassLoader());
	}

	@Bean
	@ConditionalOnMissingBean
	EventInterceptors rustBridgeEventInterceptors(ObjectProvider<BridgeEventInterceptor> interceptors) {
		return new EventInterceptors(() -> interceptors.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	EventDispatchers rustBridgeEventDispatchers(ApplicationContext context, EventFilter filter,
			EventInterceptors interceptors, DispatchExecutor executor) {
		return new EventDispatchers(context, filter, interceptors, executor);
	}

	@Bean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME)
	@ConditionalOnMissingBean(name = AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME)
	static IsolatingEventMulticaster applicationEventMulticaster(BeanFactory beanFactory) {
		return new IsolatingEventMulticaster(beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	static BridgeAttacher rustBridgeAttacher(ObjectProvider<BridgeAttachment> attachments) {
		return new BridgeAttacher(attachments);
	}

	@Bean
	@ConditionalOnMissingBean
	static BridgeEventListenerFactory rustBridgeEventListenerFactory(ObjectProvider<RustBridgeRegistry> registry) {
		return new BridgeEventListenerFactory(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerRegistry rustBridgeHandlerRegistry(ConfigurableListableBeanFactory beanFactory, DispatchExecutor executor) {
		return new HandlerRegistry(beanFactory, Schedulers.fromExecutor(executor));
	}

	@Bean
	@ConditionalOnMissingBean
	CallHandlers rustBridgeCallHandlers(HandlerRegistry registry,
			ObjectProvider<BridgeHandlerInterceptor> interceptors) {
		return new CallHandlers(registry, interceptors.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	ReplyHandlers rustBridgeReplyHandlers(HandlerRegistry registry, BridgeJsonMappers mappers,
			EventInterceptors interceptors) {
		return new ReplyHandlers(registry, mappers, interceptors);
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerCheck rustBridgeHandlerCheck(HandlerRegistry handlers, RustBridgeRegistry bridges, BridgeFactory factory) {
		return new HandlerCheck(handlers, bridges, factory);
	}

	@Bean
	@ConditionalOnMissingBean
	BridgeLifecycle rustBridgeLifecycle(RustBridgeRegistry registry, ObjectProvider<BridgeAttachment> attachments,
			ClientFactory clients, Environment environment) {
		Duration phaseTimeout = Binder.get(environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
		return new BridgeLifecycle(registry, attachments.orderedStream().toList(), clients::check, phaseTimeout);
	}

}
