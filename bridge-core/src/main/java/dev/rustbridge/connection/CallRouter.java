package dev.rustbridge.connection;

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
	 * What the calls of this bridge share.
	 * @return the context
	 */
	BridgeContext context();

}
