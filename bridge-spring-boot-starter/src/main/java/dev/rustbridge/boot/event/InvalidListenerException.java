package dev.rustbridge.boot.event;

import java.lang.reflect.Method;

/**
 * A method can't listen to the events of bridges as it is.
 */
public final class InvalidListenerException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	InvalidListenerException(Method method, String mistake) {
		super("@BridgeEventListener on %s.%s: %s".formatted(method.getDeclaringClass().getSimpleName(),
				method.getName(), mistake));
	}

}
