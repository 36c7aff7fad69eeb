package dev.rustbridge.boot.client.found;

import dev.rustbridge.client.RustBridgeClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * A client that other packages may use.
 */
@RustBridgeClient("search")
public interface PidClient {

	/**
	 * The daemon's process id.
	 * @return its answer
	 */
	Mono<JsonNode> pid();

}
