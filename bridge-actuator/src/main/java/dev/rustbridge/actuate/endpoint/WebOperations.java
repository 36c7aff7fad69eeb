package dev.rustbridge.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.rustbridge.BridgeException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The endpoint as HTTP sees it, whichever server there is: it is known who asks, an
 * unknown bridge is 404 for writing too, and what could not be done is 503 with the
 * reason.
 */
final class WebOperations {

	private final BridgesEndpoint endpoint;

	private final Set<String> roles;

	WebOperations(BridgesEndpoint endpoint, Set<String> roles) {
		this.endpoint = endpoint;
		this.roles = roles;
	}

	@Nullable Map<String, Object> bridge(SecurityContext securityContext, String name) {
		return this.endpoint.bridge(name, this.endpoint.showValues().isShown(securityContext, this.roles));
	}

	Mono<WebEndpointResponse<Map<String, Object>>> act(String name, BridgeAction action) {
		return this.endpoint.act(name, action)
			.map((body) -> new WebEndpointResponse<>(body, WebEndpointResponse.STATUS_OK))
			.onErrorResume(BridgeException.class, (failure) -> Mono.just(refused(name, failure)))
			.defaultIfEmpty(new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
	}

	private WebEndpointResponse<Map<String, Object>> refused(String name, BridgeException failure) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", String.valueOf(failure.getMessage()));
		body.putAll(this.endpoint.summary(name));
		return new WebEndpointResponse<>(body, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
	}

}
