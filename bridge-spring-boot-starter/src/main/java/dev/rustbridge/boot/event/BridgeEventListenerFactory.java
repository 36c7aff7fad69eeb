package dev.rustbridge.boot.event;

import java.lang.reflect.Method;

import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.RustBridgeStateEvent;
import dev.rustbridge.boot.UnknownBridgeException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Makes the listeners to events of bridges, whether they say {@link BridgeEventListener}
 * or plainly {@link EventListener}.
 */
public final class BridgeEventListenerFactory implements EventListenerFactory, Ordered {

	private static final String TRANSACTIONAL = "org.springframework.transaction.event.TransactionalEventListener";

	private final ObjectProvider<RustBridgeRegistry> registry;

	/**
	 * Makes a factory.
	 * @param registry asked for when all beans are there
	 */
	public BridgeEventListenerFactory(ObjectProvider<RustBridgeRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public boolean supportsMethod(Method method) {
		if (AnnotatedElementUtils.hasAnnotation(method, BridgeEventListener.class)) {
			return true;
		}
		return !AnnotatedElementUtils.isAnnotated(method, TRANSACTIONAL) && listensToBridgesOnly(method);
	}

	@Override
	public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
		BridgeEventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, BridgeEventListener.class);
		if (annotation == null) {
			return new IsolatedEventListener(beanName, type, method);
		}
		BindingEventListener.check(method);
		RustBridgeRegistry bridges = this.registry.getObject();
		if (!annotation.bridge().isEmpty() && bridges.find(annotation.bridge()) == null) {
			throw new UnknownBridgeException(annotation.bridge(), bridges.names(),
					"@BridgeEventListener on " + type.getSimpleName() + "." + method.getName());
		}
		return new BindingEventListener(beanName, type, method, annotation);
	}

	private static boolean listensToBridgesOnly(Method method) {
		EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		Class<?>[] types = (annotation != null && annotation.classes().length > 0) ? annotation.classes()
				: method.getParameterTypes();
		for (Class<?> type : types) {
			if (type != RustBridgeEvent.class && type != RustBridgeStateEvent.class) {
				return false;
			}
		}
		return types.length > 0;
	}

}
