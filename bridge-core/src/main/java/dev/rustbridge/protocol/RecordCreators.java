package dev.rustbridge.protocol;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Arrays;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.module.SimpleModule;

/**
 * Calls the constructors of records, and others with arguments, by a handle that takes
 * the arguments as an array. Jackson's own way,
 * {@link MethodHandle#invokeWithArguments(Object...)}, makes such a handle anew for each
 * value, which took a sixth of the time of a chunk.
 */
final class RecordCreators extends ValueInstantiators.Base {

	private RecordCreators() {
	}

	static JacksonModule module() {
		return new SimpleModule("rustbridge-record-creators") {
			@Override
			public void setupModule(SetupContext context) {
				super.setupModule(context);
				context.addValueInstantiators(new RecordCreators());
			}
		};
	}

	@Override
	public ValueInstantiator modifyValueInstantiator(DeserializationConfig config, BeanDescription.Supplier bean,
			ValueInstantiator instantiator) {
		if (instantiator.getClass() == StdValueInstantiator.class && instantiator.getWithArgsCreator() != null
				&& instantiator.getWithArgsCreator().getAnnotated() instanceof Constructor<?> constructor
				&& !isKotlin(constructor.getDeclaringClass())) {
			try {
				return new Spreading((StdValueInstantiator) instantiator, spreading(constructor));
			}
			catch (IllegalAccessException ex) {
				// Jackson has not opened it for itself either: it says so when it is used
				return instantiator;
			}
		}
		return instantiator;
	}

	/** Jackson's module for Kotlin, which fills in defaults, insists on the original. */
	private static boolean isKotlin(Class<?> type) {
		return Arrays.stream(type.getDeclaredAnnotations())
			.anyMatch((annotation) -> annotation.annotationType().getName().equals("kotlin.Metadata"));
	}

	private static MethodHandle spreading(Constructor<?> constructor) throws IllegalAccessException {
		return MethodHandles.lookup()
			.unreflectConstructor(constructor)
			.asFixedArity()
			.asSpreader(Object[].class, constructor.getParameterCount())
			.asType(MethodType.methodType(Object.class, Object[].class));
	}

	private static final class Spreading extends StdValueInstantiator {

		private final MethodHandle constructor;

		Spreading(StdValueInstantiator original, MethodHandle constructor) {
			super(original);
			this.constructor = constructor;
		}

		@Override
		public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
			try {
				return (Object) this.constructor.invokeExact(arguments);
			}
			catch (Throwable ex) {
				return context.handleInstantiationProblem(this._valueClass, arguments, rewrapCtorProblem(context, ex));
			}
		}

	}

}
