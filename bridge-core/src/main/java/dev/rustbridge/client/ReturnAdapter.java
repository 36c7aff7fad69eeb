package dev.rustbridge.client;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Teaches clients the return types of another language or library, such as Kotlin's
 * {@code suspend} functions, and what it has instead of publishers and of
 * {@code @Nullable}. Found by {@link java.util.ServiceLoader}, by the class loader of the
 * client, and asked before the types that clients know themselves.
 */
public interface ReturnAdapter {

	/**
	 * Whether this adapter is for a method.
	 * @param method a method of a client
	 * @return {@code true} where it is, and no other is asked
	 */
	boolean supports(Method method);

	/**
	 * Whether the method returns chunks, not one result.
	 * @param method a method that is supported
	 * @return {@code true} for chunks
	 */
	boolean isStream(Method method);

	/**
	 * What the method returns one or many of.
	 * @param method a method that is supported
	 * @return the type of the result or of a chunk
	 */
	Type elementType(Method method);

	/**
	 * How many parameters at the end are not the command's, such as a continuation.
	 * @param method a method that is supported
	 * @return the number, mostly 0
	 */
	default int trailingParameters(Method method) {
		return 0;
	}

	/**
	 * Makes what the method returns.
	 * @param publisher the result as a {@code Mono}, or the chunks as a {@code Flux};
	 * nothing is sent before it is subscribed to
	 * @param method the method that was called
	 * @param arguments all its arguments
	 * @return what it returns
	 */
	@Nullable Object adapt(Publisher<?> publisher, Method method, @Nullable Object[] arguments);

	/**
	 * Whether a parameter may be left out, of any method, supported or not.
	 * @param parameter a parameter of a client's method
	 * @return {@code true} when {@code null} is a value of its type
	 */
	default boolean isNullable(Parameter parameter) {
		return false;
	}

	/**
	 * Whether what a parameter takes is uploaded, of any method, supported or not.
	 * @param type the type of the parameter
	 * @return {@code true} where {@link #toPublisher} is for it
	 */
	default boolean isUpload(Class<?> type) {
		return false;
	}

	/**
	 * Makes a publisher of an argument whose type {@linkplain #isUpload is uploaded}.
	 * @param argument the argument
	 * @return its items
	 */
	default Publisher<?> toPublisher(Object argument) {
		throw new UnsupportedOperationException("It has said that nothing is uploaded");
	}

}
