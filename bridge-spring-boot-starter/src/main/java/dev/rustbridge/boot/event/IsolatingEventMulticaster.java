package dev.rustbridge.boot.event;

import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.boot.RustBridgeStateEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;

/**
 * Spring's own multicaster, which keeps a listener to bridges that throws from silencing
 * those after it: there is nobody whom its exception could tell anything. All other
 * events are as ever.
 */
public final class IsolatingEventMulticaster extends SimpleApplicationEventMulticaster {

	private static final Logger logger = LoggerFactory.getLogger(IsolatingEventMulticaster.class);

	/**
	 * Makes a multicaster.
	 * @param beanFactory has the listeners
	 */
	public IsolatingEventMulticaster(BeanFactory beanFactory) {
		super(beanFactory);
	}

	@Override
	protected void invokeListener(ApplicationListener<?> listener, ApplicationEvent event) {
		if (!(event instanceof RustBridgeEvent) && !(event instanceof RustBridgeStateEvent)) {
			super.invokeListener(listener, event);
			return;
		}
		try {
			super.invokeListener(listener, event);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Listener {} failed on {}", listener, event, ex);
		}
	}

}
