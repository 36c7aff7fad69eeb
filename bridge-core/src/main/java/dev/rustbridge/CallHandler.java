package dev.rustbridge;

import reactor.core.publisher.Mono;

/**
 * Answers the calls that a daemon makes into the application.
 */
@FunctionalInterface
public interface CallHandler {

	/**
	 * Answers one call. Called on the scheduler of handlers, never on the I/O thread: it
	 * may block.
	 * @param call what the daemon asks
	 * @return the result, written as JSON; an error is answered as one. Disposed of when
	 * the daemon cancels the call or goes away
	 */
	Mono<?> handle(BridgeCall call);

}
