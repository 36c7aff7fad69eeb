package dev.rustbridge.boot;

import dev.rustbridge.BridgeCall;
import reactor.core.publisher.Mono;

/**
 * Stands around every {@link BridgeHandler} of a daemon's calls: for tracing, security or
 * logging. Beans of this type are called in their order, the first one outermost.
 */
@FunctionalInterface
public interface BridgeHandlerInterceptor {

	/**
	 * Stands around one call.
	 * @param call the call, with the trace context that came along
	 * @param answer the handler's answer; the handler runs when it is subscribed to, with
	 * what is written into its Reactor context
	 * @return the answer that is sent
	 */
	Mono<?> intercept(BridgeCall call, Mono<?> answer);

}
