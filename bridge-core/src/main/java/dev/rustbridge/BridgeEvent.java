package dev.rustbridge;

import java.lang.reflect.Type;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * An event of a daemon; {@code ready} is one too. Immutable.
 */
public interface BridgeEvent {

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
	 * The generation it came from. Events that were lost between generations are not
	 * replayed: a step in this number is where that may have happened.
	 * @return the number, from 1 for each instance
	 */
	long generation();

	/**
	 * The event's name.
	 * @return the name, as the daemon wrote it
	 */
	String name();

	/**
	 * The W3C trace context that came along: that of the command whose handler sent the
	 * event.
	 * @return {@code traceparent} and {@code tracestate}, empty if none came
	 */
	Map<String, String> trace();

	/**
	 * Its data.
	 * @return the JSON text, {@code null} when the event has no data
	 */
	@Nullable String json();

	/**
	 * Its data, bound to a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value; {@code null} when the event has no data or it is {@code null}
	 * @throws BridgeDecodingException when the data does not fit the type
	 */
	<T> @Nullable T as(Class<T> type);

	/**
	 * Its data, bound to a generic type.
	 * @param <T> the type
	 * @param type the full type
	 * @return as {@link #as(Class)}
	 */
	<T> @Nullable T as(TypeReference<T> type);

	/**
	 * Its data, bound to a type that is known only at run time.
	 * @param type the full type
	 * @return as {@link #as(Class)}
	 */
	@Nullable Object as(Type type);

}
