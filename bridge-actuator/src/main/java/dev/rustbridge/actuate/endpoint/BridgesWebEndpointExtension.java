package dev.rustbridge.actuate.endpoint;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP, where an unknown bridge is 404 for writing too.
 */
@EndpointWebExtension(endpoint = BridgesEndpoint.class)
public class BridgesWebEndpointExtension {

	private final BridgesEndpoint endpoint;

	/**
	 * Makes the extension.
	 * @param endpoint does the work
	 */
	public BridgesWebEndpointExtension(BridgesEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Does something with a bridge, and waits until it is done.
	 * @param name its name
	 * @param action what to do
	 * @return what is known of it afterwards, or 404
	 */
	@WriteOperation
	public Mono<WebEndpointResponse<Map<String, Object>>> act(@Selector String name, @Selector BridgeAction action) {
		return this.endpoint.act(name, action)
			.map((body) -> new WebEndpointResponse<>(body, WebEndpointResponse.STATUS_OK))
			.defaultIfEmpty(new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
	}

}
