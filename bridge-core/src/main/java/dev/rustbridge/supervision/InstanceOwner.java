package dev.rustbridge.supervision;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.connection.Connection;

/**
 * Who an instance reports to. All methods are called on the loop.
 */
public interface InstanceOwner {

	/**
	 * A daemon told of something.
	 * @param event of what
	 * @param connection over which connection
	 */
	void onEvent(BridgeEvent event, Connection connection);

	/**
	 * It came into another state.
	 * @param change the step
	 */
	void onStateChange(BridgeStateChange change);

	/**
	 * A connection takes commands from now on: those that waited go first.
	 * @param connection ready and initialised, not published yet
	 */
	void onConnected(Connection connection);

	/**
	 * The first attempt since the instance was asked to start has failed.
	 * @param failure why
	 */
	void onFirstAttemptFailed(BridgeStartException failure);

}
