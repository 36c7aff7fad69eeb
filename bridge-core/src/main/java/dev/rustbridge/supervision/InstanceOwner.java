package dev.rustbridge.supervision;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.connection.Connection;

/**
 * Who an instance reports to. All methods are called on the loop.
 */
public interface InstanceOwner {

	void onEvent(BridgeEvent event);

	void onStateChange(BridgeStateChange change);

	/**
	 * A connection takes commands from now on: those that waited go first.
	 * @param connection ready and initialised, not published yet
	 */
	void onConnected(Connection connection);

	/**
	 * An attempt to start has failed.
	 * @param failure why
	 * @param first whether the instance had never served since it was asked to start
	 */
	void onAttemptFailed(BridgeStartException failure, boolean first);

}
