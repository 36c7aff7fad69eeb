package dev.rustbridge.sample;

import java.time.Duration;

import dev.rustbridge.RustBridge;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells what happens without being asked: {@code state} when the daemon comes and goes
 * (the last ones and the current one first), {@code fileChanged} when a file under the
 * root changes.
 */
@RestController
class EventsController {

	/** Proxies close connections that are silent for long. */
	private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

	/** How many states a page that is opened is told of. */
	private static final int HISTORY = 8;

	private final Flux<DaemonStatus> states;

	private final FileChanges fileChanges;

	private final Sinks.Empty<Void> closing = Sinks.empty();

	EventsController(@Qualifier("search") RustBridge bridge, FileChanges fileChanges, CodeSearchProperties properties) {
		this.states = bridge.states()
			.map((state) -> DaemonStatus.of(bridge.info(), properties.root()))
			.distinctUntilChanged()
			.replay(HISTORY)
			.autoConnect(0);
		this.fileChanges = fileChanges;
	}

	@GetMapping(path = "/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> events() {
		Flux<ServerSentEvent<Object>> states = this.states.map((status) -> event("state", status));
		Flux<ServerSentEvent<Object>> changes = this.fileChanges.changes()
			.map((change) -> event("fileChanged", change));
		Flux<ServerSentEvent<Object>> keepAlive = Flux.interval(KEEP_ALIVE)
			.onBackpressureDrop()
			.map((tick) -> ServerSentEvent.builder().comment("still here").build());
		return Flux.merge(states, changes, keepAlive).takeUntilOther(this.closing.asMono());
	}

	/** An open page must not hold up a graceful shutdown. */
	@EventListener(ContextClosedEvent.class)
	void endStreams() {
		this.closing.tryEmitEmpty();
	}

	private static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

}
