package dev.rustbridge;

import java.util.Map;

import dev.rustbridge.BridgeListener.Outcome;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Follows one call from its subscription to its end, as a span does. Must be quick and
 * must not block.
 *
 * @see BridgeListener#observe(String, ContextView)
 */
public interface CommandObservation {

	/**
	 * The W3C trace context that goes to the daemon, where it understands it.
	 * @return {@code traceparent} and {@code tracestate}, empty for none
	 */
	default Map<String, String> trace() {
		return Map.of();
	}

	/**
	 * The call has its connection: it is about to be written. Told again when it is sent
	 * again. On any thread.
	 * @param id its id on the wire
	 * @param instance the index in the pool, from 0
	 * @param generation the number of the daemon's generation, from 1
	 */
	default void routed(String id, int instance, long generation) {
	}

	/**
	 * The call ended. Told once, on the thread that ends it.
	 * @param outcome how
	 * @param error what went wrong, if anything
	 */
	void ended(Outcome outcome, @Nullable Throwable error);

}
