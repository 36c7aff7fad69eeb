package dev.rustbridge.engine;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.connection.BridgeContext;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Gives the daemon's events to whoever subscribes, each with a bounded buffer of its own.
 */
final class EventHub {

	private final Sinks.Many<BridgeEvent> sink = Sinks.many().multicast().directBestEffort();

	private final BridgeContext context;

	EventHub(BridgeContext context) {
		this.context = context;
	}

	/**
	 * Publishes an event. On the loop.
	 * @param event the event
	 */
	void publish(BridgeEvent event) {
		this.sink.tryEmitNext(event);
	}

	void complete() {
		this.sink.tryEmitComplete();
	}

	Flux<BridgeEvent> events() {
		return buffered(this.sink.asFlux());
	}

	Flux<BridgeEvent> events(String pattern) {
		Pattern regex = Pattern.compile(wildcard(pattern), Pattern.DOTALL);
		return buffered(this.sink.asFlux().filter((event) -> regex.matcher(event.name()).matches()));
	}

	private Flux<BridgeEvent> buffered(Flux<BridgeEvent> events) {
		BridgeOptions.Events options = this.context.options().events();
		BufferOverflowStrategy strategy = (options.overflow() == BridgeOptions.OverflowPolicy.DROP_NEWEST)
				? BufferOverflowStrategy.DROP_LATEST : BufferOverflowStrategy.DROP_OLDEST;
		return events.onBackpressureBuffer(options.buffer(), this::dropped, strategy);
	}

	private static String wildcard(String pattern) {
		return Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
	}

	private void dropped(BridgeEvent event) {
		this.context.tell((listener) -> listener.eventDropped(event.name()));
	}

}
