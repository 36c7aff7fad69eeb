package dev.rustbridge.connection;

import java.util.Map;
import java.util.function.Consumer;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.CallHandler;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.RequestIds;
import dev.rustbridge.transport.IoLoop;
import reactor.core.scheduler.Scheduler;

/**
 * What all connections of a bridge share.
 *
 * @param options the options in force
 * @param loop the I/O thread
 * @param ids the ids of all generations: never used twice
 * @param codec JSON to and from the caller's types
 * @param listeners who wants to know
 * @param handlers what answers the daemon's calls, by method
 * @param scheduler where handlers and initializers run
 * @param deadlines when calls expire
 * @param hostName what we call ourselves towards the daemon
 * @param hostVersion our version
 * @param occupant what the I/O thread is at
 * @param recorder remembers the last frames
 */
public record BridgeContext(BridgeOptions options, IoLoop loop, RequestIds ids, JsonCodec codec, Listeners listeners,
		Map<String, CallHandler> handlers, Scheduler scheduler, DeadlineWatch deadlines, String hostName,
		String hostVersion, LoopOccupant occupant, FlightRecorder recorder) {

	public BridgeContext {
		handlers = Map.copyOf(handlers);
	}

	/**
	 * Makes a context of a bridge that has done nothing yet.
	 * @param options the options in force
	 * @param loop the I/O thread
	 * @param ids the ids of all generations
	 * @param codec JSON to and from the caller's types
	 * @param listeners who wants to know
	 * @param handlers what answers the daemon's calls, by method
	 * @param scheduler where handlers and initializers run
	 * @param deadlines when calls expire
	 * @param hostName what we call ourselves towards the daemon
	 * @param hostVersion our version
	 */
	public BridgeContext(BridgeOptions options, IoLoop loop, RequestIds ids, JsonCodec codec, Listeners listeners,
			Map<String, CallHandler> handlers, Scheduler scheduler, DeadlineWatch deadlines, String hostName,
			String hostVersion) {
		this(options, loop, ids, codec, listeners, handlers, scheduler, deadlines, hostName, hostVersion,
				new LoopOccupant(), new FlightRecorder());
	}

	/**
	 * The bridge's name.
	 * @return the name
	 */
	public String bridge() {
		return this.options.name();
	}

	/**
	 * Tells all listeners; one that throws harms nobody else.
	 * @param notice what to tell each
	 */
	public void tell(Consumer<BridgeListener> notice) {
		this.listeners.tell(notice);
	}

}
