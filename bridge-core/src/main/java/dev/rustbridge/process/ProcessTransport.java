package dev.rustbridge.process;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.Transport;

/**
 * Launches a daemon of our own for each generation, and speaks with it over its standard
 * streams.
 */
public final class ProcessTransport implements Transport {

	private final BridgeOptions options;

	/**
	 * Makes the transport of a bridge.
	 * @param options which executable, how to start and how to stop it
	 */
	public ProcessTransport(BridgeOptions options) {
		this.options = options;
	}

	/**
	 * The kind that is aimed at; where socket pairs can't be had, its links are pipes all
	 * the same.
	 */
	@Override
	public String kind() {
		return (this.options.stdio() == StdioMode.PIPE) ? "pipe" : "stdio";
	}

	@Override
	public Link open(IoLoop loop, int instance) {
		return new DaemonLauncher(this.options, Surroundings.current()).launch(loop);
	}

}
