package dev.rustbridge.boot.event;

import java.lang.reflect.Method;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationListenerMethodAdapter;

/**
 * A listener whose failure is logged and goes no further. Spring's own would keep the
 * listeners after it from being called.
 */
class IsolatedEventListener extends ApplicationListenerMethodAdapter {

	private static final Logger logger = LoggerFactory.getLogger(IsolatedEventListener.class);

	private final String description;

	IsolatedEventListener(String beanName, Class<?> targetClass, Method method) {
		super(beanName, targetClass, method);
		this.description = targetClass.getSimpleName() + "." + method.getName();
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		try {
			super.onApplicationEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Listener {} failed on {}", this.description, event, ex);
		}
	}

	@Override
	protected void handleAsyncError(Throwable ex) {
		logger.error("Listener {} failed later on", this.description, ex);
	}

}
