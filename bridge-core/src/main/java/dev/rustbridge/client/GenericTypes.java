package dev.rustbridge.client;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeBindings;
import tools.jackson.databind.type.TypeFactory;

/**
 * The types of a client's methods, with the variables of generic interfaces that it
 * extends filled in.
 */
final class GenericTypes {

	private GenericTypes() {
	}

	/**
	 * Fills in the variables of a type.
	 * @param type a type that a method of the client names
	 * @param method that method
	 * @param client the client, which may have inherited it
	 * @return the type itself where it has no variables
	 */
	static Type resolve(Type type, Method method, Class<?> client) {
		if (!hasVariable(type)) {
			return type;
		}
		TypeFactory factory = factory();
		JavaType declaring = factory.constructType(client).findSuperType(method.getDeclaringClass());
		return factory.resolveMemberType(type,
				(declaring != null) ? declaring.getBindings() : TypeBindings.emptyBindings());
	}

	/** The arguments of a generic type, as declared or as Jackson resolved them. */
	static Type[] arguments(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return parameterized.getActualTypeArguments();
		}
		if (type instanceof JavaType resolved) {
			return resolved.getBindings().getTypeParameters().toArray(Type[]::new);
		}
		return new Type[0];
	}

	static Class<?> rawClass(Type type) {
		return factory().constructType(type).getRawClass();
	}

	/** Each has a cache, which must not outlive the class loader of what is in it. */
	private static TypeFactory factory() {
		return TypeFactory.createDefaultInstance();
	}

	static boolean isWildcard(Type type) {
		return type instanceof WildcardType;
	}

	static TypeReference<Object> reference(Type type) {
		return new TypeReference<>() {

			@Override
			public Type getType() {
				return type;
			}

		};
	}

	private static boolean hasVariable(Type type) {
		if (type instanceof TypeVariable<?>) {
			return true;
		}
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(GenericTypes::hasVariable);
		}
		if (type instanceof GenericArrayType array) {
			return hasVariable(array.getGenericComponentType());
		}
		if (type instanceof WildcardType wildcard) {
			return Arrays.stream(wildcard.getUpperBounds()).anyMatch(GenericTypes::hasVariable);
		}
		return false;
	}

}
