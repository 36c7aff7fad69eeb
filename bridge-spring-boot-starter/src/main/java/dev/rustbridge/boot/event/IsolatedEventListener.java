package dev.rustbridge.boot.event;

import java.lang.reflect.Method;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

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

	/** What a listener returns goes on with the thread-locals that the listener had. */
	@Override
	protected void handleResult(Object result) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
		super.handleResult((adapter != null) ? Flux.from(adapter.toPublisher(result)).contextCapture() : result);
	}

	@Override
	protected void handleAsyncError(Throwable ex) {
		logger.error("Listener {} failed later on", this.description, ex);
	}

}
