package dev.rustbridge.boot.event;

import dev.rustbridge.RustBridge;

/**
 * Listens to every bridge of the application, from before it can be started.
 */
public interface BridgeAttachment {

	/**
	 * Begins to receive the events of a bridge.
	 * @param bridge a bridge, not started yet
	 */
	void attach(RustBridge bridge);

	/**
	 * Begins to hand them on, first those that were held back: all beans of the
	 * application are there now.
	 */
	void open();

}
