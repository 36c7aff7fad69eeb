package dev.rustbridge.sample;

import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The commands and events of the daemon.
 */
@Component
class CodeSearch {

	private final RustBridge bridge;

	CodeSearch(@Qualifier("search") RustBridge bridge) {
		this.bridge = bridge;
	}

	StreamingResponse<Hit, Summary> search(SearchQuery query) {
		return this.bridge.command("search").params(query).retrieveStream(Hit.class, Summary.class);
	}

	Mono<Stats> stats() {
		return this.bridge.command("stats").retrieveMono(Stats.class);
	}

	Flux<FileChanged> fileChanges() {
		return this.bridge.events("fileChanged").mapNotNull((event) -> event.as(FileChanged.class));
	}

}
