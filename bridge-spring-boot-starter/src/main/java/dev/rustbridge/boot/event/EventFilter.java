package dev.rustbridge.boot.event;

import dev.rustbridge.BridgeEvent;

/**
 * Says which events are published in the application.
 */
@FunctionalInterface
public interface EventFilter {

	/**
	 * Whether an event is published.
	 * @param event an event
	 * @return {@code false} where it is for somebody else
	 */
	boolean isPublished(BridgeEvent event);

}
