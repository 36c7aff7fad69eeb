package dev.rustbridge.boot.event;

import dev.rustbridge.RustBridge;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Attaches the dispatchers to every bridge that becomes a bean, declared or not, before
 * anybody can start it.
 */
public final class EventDispatchersAttacher implements BeanPostProcessor {

	private final ObjectProvider<EventDispatchers> dispatchers;

	/**
	 * Makes an attacher.
	 * @param dispatchers asked for with the first bridge: a post-processor must not pull
	 * other beans in early
	 */
	public EventDispatchersAttacher(ObjectProvider<EventDispatchers> dispatchers) {
		this.dispatchers = dispatchers;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RustBridge bridge) {
			this.dispatchers.getObject().attach(bridge);
		}
		return bean;
	}

}
