package dev.rustbridge.sample;

import dev.rustbridge.BridgeException;
import dev.rustbridge.StreamingResponse;
import dev.rustbridge.sample.SearchMessage.Failed;
import dev.rustbridge.sample.SearchMessage.Finished;
import dev.rustbridge.sample.SearchMessage.Found;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Searches. What the client does not take the daemon does not send, and a client that
 * leaves cancels the stream, which ends the search.
 */
@RestController
@RequestMapping("/api")
class SearchController {

	private final CodeSearch codeSearch;

	private final CodeSearchProperties properties;

	SearchController(CodeSearch codeSearch, CodeSearchProperties properties) {
		this.codeSearch = codeSearch;
		this.properties = properties;
	}

	/**
	 * The answer as server-sent events, which carry every failure of the search: an
	 * {@code EventSource} can't read the body of another status.
	 */
	@GetMapping("/search")
	Flux<ServerSentEvent<Object>> searchAsEvents(SearchRequest request) {
		return search(request).onErrorResume(BridgeException.class, SearchController::failed)
			.map(SearchMessage::toEvent);
	}

	/**
	 * The answer as lines of JSON. A failure before the first of them has its own status.
	 */
	@GetMapping(path = "/search", produces = MediaType.APPLICATION_NDJSON_VALUE)
	Flux<SearchMessage> searchAsLines(SearchRequest request) {
		return search(request).switchOnFirst((first, messages) -> first.isOnError() ? messages
				: messages.onErrorResume(BridgeException.class, SearchController::failed));
	}

	@GetMapping("/stats")
	Mono<Stats> stats() {
		return this.codeSearch.stats();
	}

	private Flux<SearchMessage> search(SearchRequest request) {
		StreamingResponse<Hit, Summary> search = this.codeSearch.search(request.toQuery(this.properties.root()));
		return Flux.concat(search.chunks().map(Found::new), search.result().map(Finished::new));
	}

	private static Mono<SearchMessage> failed(BridgeException failure) {
		return Mono.just(new Failed(Problems.of(failure)));
	}

}
