package dev.rustbridge;

import java.util.List;
import java.util.function.Function;

import dev.rustbridge.engine.DefaultBuilder;
import dev.rustbridge.transport.Transport;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

/**
 * A daemon behind a reactive face. Thread-safe, and valid for ever: it outlives every
 * restart of the daemon behind it.
 * <p>
 * Results, chunks and events are signalled on the bridge's I/O thread, which is marked
 * {@link reactor.core.scheduler.NonBlocking}: operators that block belong behind a
 * {@code publishOn}. Refusals (not available, overloaded, not encodable) are signalled on
 * the thread that subscribes.
 */
public interface RustBridge extends AutoCloseable {

	/**
	 * The name of this bridge.
	 * @return the name that was given to the builder
	 */
	String name();

	/**
	 * Begins a command. Nothing is sent before the publisher that comes out of it is
	 * subscribed to.
	 * @param method the method, as the daemon names it; not empty
	 * @return the command, to be given parameters and retrieved
	 */
	CommandSpec command(String method);

	/**
	 * All events of the daemon, from the moment of subscription on, across its
	 * generations. Hot, and bounded by {@code events.buffer} for each subscriber.
	 * @return the events, on the I/O thread; completes when the bridge is closed
	 */
	Flux<BridgeEvent> events();

	/**
	 * The events whose name matches.
	 * @param pattern an event name in which {@code *} stands for any characters
	 * @return the events, as {@link #events()}
	 */
	Flux<BridgeEvent> events(String pattern);

	/**
	 * The state of this bridge right now.
	 * @return the state
	 */
	BridgeState state();

	/**
	 * The state of this bridge: the current one at once, then every change.
	 * @return the states; completes when the bridge is closed
	 */
	Flux<BridgeState> states();

	/**
	 * What is known of this bridge and each of its instances.
	 * @return a snapshot
	 */
	BridgeInfo info();

	/**
	 * The last frames that went over the wire, those of the generation before the present
	 * one included: what happened, in which order, never what was in them.
	 * @return at most 256, oldest first
	 */
	List<BridgeFrame> frames();

	/**
	 * The options in force.
	 * @return the options
	 */
	BridgeOptions options();

	/**
	 * Adds a listener to what happens in the bridge from now on.
	 * @param listener called on the I/O thread; must be quick
	 * @return removes it when it is disposed of
	 * @see Builder#listener(BridgeListener)
	 */
	Disposable addListener(BridgeListener listener);

	/**
	 * Starts the daemon, or connects to it. A bridge that is started already is left
	 * alone.
	 * @return completes once the bridge is ready; fails with
	 * {@link BridgeStartException}. With {@code startup=background} and {@code lazy} the
	 * attempts go on after a failure that waiting can cure
	 */
	Mono<Void> start();

	/**
	 * Drains and stops the daemon, or disconnects from it, within the bounds of
	 * {@code shutdown.*}.
	 * @return completes once no process, descriptor or timer is left
	 */
	Mono<Void> stop();

	/**
	 * Replaces the daemon by a new generation without losing a call, as
	 * {@code restart.mode} says. If the new one does not come up the old one stays.
	 * @return completes once the new generation has taken over; fails with the reason why
	 * it did not
	 */
	Mono<Void> restart();

	/**
	 * Stops for good, waiting up to the bounds of {@code shutdown.*}. Idempotent. From an
	 * I/O thread it only begins to stop.
	 */
	@Override
	void close();

	/**
	 * Begins a bridge.
	 * @param name {@code [A-Za-z0-9][A-Za-z0-9._-]*}; it names the bridge in logs, meters
	 * and errors
	 * @return the builder
	 */
	static Builder builder(String name) {
		return new DefaultBuilder(name);
	}

	/**
	 * Makes a bridge. Values are checked by {@link #build()}.
	 */
	interface Builder extends BridgeSettings<Builder> {

		/**
		 * The mapper for parameters, results, chunks and events. The bridge derives one
		 * of its own from it, whose output always stays on one line.
		 * @param mapper the mapper; default: a plain one
		 * @return this builder
		 */
		Builder jsonMapper(JsonMapper mapper);

		/**
		 * What a daemon must be told before it is of use: runs on every new generation of
		 * every instance, after ready, before READY, ahead of all waiting commands.
		 * Several run in the order of their addition. A failure is a failed start.
		 * @param initializer called on the scheduler of handlers: it may block
		 * @return this builder
		 */
		Builder initializer(Function<BridgeSession, Mono<Void>> initializer);

		/**
		 * Where handlers of the daemon's calls and initializers run, which may block.
		 * @param scheduler the scheduler; default: {@code Schedulers.boundedElastic()}
		 * @return this builder
		 */
		Builder scheduler(Scheduler scheduler);

		/**
		 * Answers a method that the daemon calls.
		 * @param method the method
		 * @param handler answers it
		 * @return this builder
		 */
		Builder onCall(String method, CallHandler handler);

		/**
		 * Adds a listener to what happens in the bridge.
		 * @param listener called on the I/O thread; must be quick
		 * @return this builder
		 */
		Builder listener(BridgeListener listener);

		/**
		 * What the host calls itself towards the daemon.
		 * @param name the application's name
		 * @param version its version
		 * @return this builder
		 */
		Builder host(String name, String version);

		/**
		 * Reaches the daemon by a transport of one's own, instead of a binary or a
		 * socket.
		 * @param transport the transport, as the in-memory one of tests
		 * @return this builder
		 */
		Builder transport(Transport transport);

		/**
		 * Checks all values and makes the bridge. Nothing is started.
		 * @return the bridge, in the state STOPPED
		 * @throws IllegalArgumentException when a value is out of its bounds, naming the
		 * property
		 */
		RustBridge build();

	}

}
