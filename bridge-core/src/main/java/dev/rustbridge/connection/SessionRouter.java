package dev.rustbridge.connection;

import dev.rustbridge.BridgeUnavailableException;

/**
 * Brings calls to one connection and no other.
 *
 * @param context what calls of the bridge share
 * @param connection the connection
 */
public record SessionRouter(BridgeContext context, Connection connection) implements CallRouter {

	@Override
	public void route(Call call) {
		if (!this.connection.submit(call)) {
			call.refuse(new BridgeUnavailableException(call.origin(),
					"generation " + this.connection.generation() + " takes no commands any more", null));
		}
	}

}
