package dev.rustbridge.transport;

import dev.rustbridge.BridgeStartException;

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
	 * Finds, launches or connects. Called on a supervisor thread: may take its time, but
	 * never waits for a daemon that does not accept.
	 * @param loop the I/O loop that the link belongs to
	 * @param instance the index of the instance it is for
	 * @return a link that reads nothing before {@link Link#start}
	 * @throws BridgeStartException with the reason
	 */
	Link open(IoLoop loop, int instance);

}
