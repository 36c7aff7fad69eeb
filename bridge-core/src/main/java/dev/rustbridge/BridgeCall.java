package dev.rustbridge;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call of a daemon into the application.
 */
public interface BridgeCall {

	/**
	 * The bridge it came over.
	 * @return the bridge's name
	 */
	String bridge();

	/**
	 * The instance it came from.
	 * @return the index in the pool, from 0
	 */
	int instance();

	/**
	 * The method that is called.
	 * @return the method
	 */
	String method();

	/**
	 * The parameters.
	 * @return the JSON text; {@code {}} when there are none
	 */
	String json();

	/**
	 * The parameters, bound to a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value
	 * @throws BridgeDecodingException when they do not fit; answered as INVALID_PARAMS
	 */
	<T> @Nullable T as(Class<T> type);

	/**
	 * The parameters, bound to a type that is known only at run time.
	 * @param type the full type
	 * @return the value
	 */
	@Nullable Object as(Type type);

	/**
	 * The time that the daemon gives the answer.
	 * @return the time left when it was sent, {@code null} for no limit
	 */
	@Nullable Duration deadline();

	/**
	 * The W3C trace context that came along.
	 * @return {@code traceparent} and {@code tracestate}, empty if none came
	 */
	Map<String, String> trace();

}
