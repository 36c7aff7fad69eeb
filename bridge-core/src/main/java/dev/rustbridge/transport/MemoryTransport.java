package dev.rustbridge.transport;

import java.util.function.IntFunction;

/**
 * Reaches daemons that live in this JVM, for tests. Has no thread and no clock: all
 * happens on the loop, in the order of the calls.
 */
public final class MemoryTransport implements Transport {

	private final IntFunction<? extends MemoryDaemon> daemons;

	/**
	 * Makes a transport.
	 * @param daemons makes a daemon for each generation of an instance, given its index;
	 * called on a supervisor thread, what it throws fails the start
	 */
	public MemoryTransport(IntFunction<? extends MemoryDaemon> daemons) {
		this.daemons = daemons;
	}

	@Override
	public String kind() {
		return "memory";
	}

	@Override
	public Link open(IoLoop loop, int instance) {
		return new MemoryLink(loop, this.daemons.apply(instance));
	}

}
