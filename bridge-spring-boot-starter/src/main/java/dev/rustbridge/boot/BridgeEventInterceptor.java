package dev.rustbridge.boot;

import reactor.core.publisher.Mono;

/**
 * Stands around what the application does on an event of a daemon: its listeners, or the
 * {@link BridgeHandler} that replies to the event. For tracing, security or logging.
 * Beans of this type are called in their order, the first one outermost.
 */
@FunctionalInterface
public interface BridgeEventInterceptor {

	/**
	 * Stands around one event. Called on a thread of the application's, never on one of a
	 * bridge's I/O. The next event of a bridge is published when the returned publisher
	 * has ended.
	 * @param event the event, with the trace context that came along
	 * @param reaction what is done on it; subscribed to, it publishes the event or runs
	 * the handler, with what is written into its Reactor context. Those thread-locals of
	 * it that have a {@code ThreadLocalAccessor} are set meanwhile
	 * @return the reaction, as it is to be
	 */
	Mono<?> intercept(RustBridgeEvent event, Mono<?> reaction);

}
