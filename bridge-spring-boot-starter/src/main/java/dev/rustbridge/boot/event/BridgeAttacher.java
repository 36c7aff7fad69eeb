package dev.rustbridge.boot.event;

import dev.rustbridge.RustBridge;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Attaches what listens to bridges to every bridge that becomes a bean, declared or not,
 * before anybody can start it.
 */
public final class BridgeAttacher implements BeanPostProcessor {

	private final ObjectProvider<BridgeAttachment> attachments;

	/**
	 * Makes an attacher.
	 * @param attachments asked for with the first bridge: a post-processor must not pull
	 * other beans in early
	 */
	public BridgeAttacher(ObjectProvider<BridgeAttachment> attachments) {
		this.attachments = attachments;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RustBridge bridge) {
			this.attachments.orderedStream().forEach((attachment) -> attachment.attach(bridge));
		}
		return bean;
	}

}
