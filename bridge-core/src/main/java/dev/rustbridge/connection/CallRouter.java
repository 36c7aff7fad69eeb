package dev.rustbridge.connection;

import java.util.List;

/**
 * Brings a call to a connection that can take it.
 */
public interface CallRouter {

	/**
	 * Routes a call: to a connection, to the queue of those that wait, or to its refusal.
	 * Any thread.
	 * @param call the call, new or to be sent again
	 */
	void route(Call call);

	/**
	 * One router for each instance that takes commands now, for broadcasts.
	 * @return the routers; this one where there is nothing to choose from
	 */
	default List<CallRouter> all() {
		return List.of(this);
	}

	/**
	 * What the calls of this bridge share.
	 * @return the context
	 */
	BridgeContext context();

}
