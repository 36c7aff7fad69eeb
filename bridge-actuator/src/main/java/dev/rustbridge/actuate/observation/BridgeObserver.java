package dev.rustbridge.actuate.observation;

import dev.rustbridge.RustBridge;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has the commands of every bridge observed that becomes a bean, declared or not.
 */
public final class BridgeObserver implements BeanPostProcessor {

	private final ObjectProvider<ObservationRegistry> registry;

	private final ObjectProvider<BridgeCommandObservationConvention> convention;

	/**
	 * Makes a post-processor, which asks for nothing before the first bridge is there.
	 * @param registry observes
	 * @param convention says what is told, if there is one
	 */
	public BridgeObserver(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<BridgeCommandObservationConvention> convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RustBridge bridge) {
			bridge.addListener(new CommandObservations(bridge.name(), this.registry.getObject(),
					this.convention.getIfAvailable()));
		}
		return bean;
	}

}
