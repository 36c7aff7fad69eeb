package dev.rustbridge.test;

import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.MemoryTransport;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The way to a scripted daemon. It can be watched, so that a bridge notices at once when
 * the daemon has recovered.
 */
final class ScriptedTransport implements Transport {

	private final ScriptedDaemon daemon;

	ScriptedTransport(ScriptedDaemon daemon) {
		this.daemon = daemon;
	}

	@Override
	public String kind() {
		return "memory";
	}

	@Override
	public boolean isWatchable() {
		return true;
	}

	@Override
	public @Nullable Object endpoint() {
		return this.daemon.life();
	}

	@Override
	public IoLoop openLoop(String bridge) {
		return new VirtualTimeLoop(IoLoop.open(bridge));
	}

	@Override
	public Link open(IoLoop loop, int instance) {
		String why = this.daemon.unavailable();
		if (why != null) {
			throw new IllegalStateException(why);
		}
		return new MemoryTransport((index) -> new ScriptedConnection(this.daemon, loop, index)).open(loop, instance);
	}

}
