package dev.rustbridge.boot.event;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.RustBridgeEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.KotlinDetector;
import org.springframework.util.PatternMatchUtils;

/**
 * A {@link BridgeEventListener}: called for the events of its bridge whose name matches,
 * with their data bound to the type of its parameter.
 */
final class BindingEventListener extends IsolatedEventListener {

	private final String bridge;

	private final String pattern;

	private final @Nullable Type payload;

	BindingEventListener(String beanName, Class<?> targetClass, Method method, BridgeEventListener annotation) {
		super(beanName, targetClass, method);
		this.bridge = annotation.bridge();
		this.pattern = annotation.event();
		this.payload = (parameterCount(method) == 1) ? method.getGenericParameterTypes()[0] : null;
	}

	static void check(Method method) {
		if (parameterCount(method) > 1) {
			throw new InvalidListenerException(method,
					"it takes the data of the event, or the RustBridgeEvent, and nothing else");
		}
	}

	/** The continuation of a suspending function is not the event's to give. */
	private static int parameterCount(Method method) {
		return method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
	}

	@Override
	protected @Nullable Object @Nullable [] resolveArguments(ApplicationEvent event) {
		if (!(event instanceof RustBridgeEvent bridgeEvent) || !matches(bridgeEvent)) {
			return null;
		}
		if (this.payload == null) {
			return new Object[0];
		}
		return new @Nullable Object[] {
				(this.payload == RustBridgeEvent.class) ? bridgeEvent : bridgeEvent.as(this.payload) };
	}

	private boolean matches(RustBridgeEvent event) {
		return (this.bridge.isEmpty() || this.bridge.equals(event.getBridge()))
				&& PatternMatchUtils.simpleMatch(this.pattern, event.getName());
	}

}
