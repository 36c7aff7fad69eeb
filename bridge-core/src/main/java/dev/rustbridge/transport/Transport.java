package dev.rustbridge.transport;

import dev.rustbridge.BridgeStartException;
import org.jspecify.annotations.Nullable;

/**
 * How one instance of a bridge reaches its daemon. Opened once for each generation.
 */
public interface Transport {

	/**
	 * What kind it is, as logs and health name it.
	 * @return {@code stdio}, {@code pipe}, {@code socket} or {@code memory}
	 */
	String kind();

	/**
	 * Whether {@link #endpoint()} tells anything.
	 * @return whether it is worth to be looked at
	 */
	default boolean isWatchable() {
		return false;
	}

	/**
	 * What a connection would lead to now. On the loop, so it must not wait.
	 * @return equal as long as it is the same, {@code null} while there is nothing
	 */
	default @Nullable Object endpoint() {
		return null;
	}

	/**
	 * Makes the loop of a bridge that uses this transport. Only a transport in memory may
	 * wish for one of its own: a test's, whose clock the test advances.
	 * @param bridge the bridge's name
	 * @return a loop, closed with the bridge
	 */
	default IoLoop openLoop(String bridge) {
		return IoLoop.open(bridge);
	}

	/**
	 * Finds, launches or connects. Called on a supervisor thread: may take its time, but
	 * never waits for a daemon that does not accept.
	 * @param loop the I/O loop that the link belongs to
	 * @param instance the index of the instance it is for
	 * @return a link that reads nothing before {@link Link#start}
	 * @throws BridgeStartException with the reason
	 */
	Link open(IoLoop loop, int instance);

}
