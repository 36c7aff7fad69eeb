package dev.rustbridge.boot.event;

import java.time.Duration;
import java.util.Map;

import org.springframework.context.ApplicationContext;

import static dev.rustbridge.boot.BridgeContexts.search;

/**
 * Makes the daemon of a context emit events.
 */
final class Emission {

	private Emission() {
	}

	/** The events are {@link Tick}s, from 0 on. */
	static void emit(ApplicationContext context, String event, int count) {
		search(context).command("emit")
			.params(Map.of("event", event, "count", count))
			.retrieveMono(Void.class)
			.block(Duration.ofSeconds(10));
	}

}
