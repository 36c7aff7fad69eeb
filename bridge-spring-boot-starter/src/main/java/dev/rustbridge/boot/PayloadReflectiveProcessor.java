package dev.rustbridge.boot;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.aot.hint.annotation.SimpleReflectiveProcessor;

/**
 * Hints of listeners and handlers: the method, which is invoked, and the types that it
 * takes and returns, which are read from JSON and written as JSON.
 */
class PayloadReflectiveProcessor implements ReflectiveProcessor {

	private final SimpleReflectiveProcessor method = new SimpleReflectiveProcessor();

	private final BindingReflectionHintsRegistrar payload = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		this.method.registerReflectionHints(hints, element);
		if (element instanceof Method method) {
			for (Type parameter : method.getGenericParameterTypes()) {
				this.payload.registerReflectionHints(hints, parameter);
			}
			this.payload.registerReflectionHints(hints, method.getGenericReturnType());
		}
	}

}
