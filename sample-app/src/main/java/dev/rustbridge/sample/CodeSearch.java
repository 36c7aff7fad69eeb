package dev.rustbridge.sample;

import dev.rustbridge.StreamingResponse;
import dev.rustbridge.client.RustBridgeClient;
import reactor.core.publisher.Mono;

/**
 * The commands of the daemon.
 */
@RustBridgeClient("search")
interface CodeSearch {

	StreamingResponse<Hit, Summary> search(SearchQuery query);

	Mono<Stats> stats();

}
