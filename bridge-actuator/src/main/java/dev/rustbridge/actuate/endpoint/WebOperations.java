package dev.rustbridge.actuate.endpoint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The endpoint as HTTP sees it, whichever server there is: it is known who asks, a bridge
 * that there is not is 404, an action or a view that there is not is 400, and what could
 * not be done is 503, each with the reason.
 */
final class WebOperations {

	private final BridgesEndpoint endpoint;

	private final Set<String> roles;

	WebOperations(BridgesEndpoint endpoint, Set<String> roles) {
		this.endpoint = endpoint;
		this.roles = roles;
	}

	WebEndpointResponse<Map<String, Object>> bridge(SecurityContext securityContext, String name) {
		return found(name, this.endpoint.bridge(name, this.endpoint.showValues().isShown(securityContext, this.roles)));
	}

	WebEndpointResponse<Map<String, Object>> view(String name, String view) {
		BridgeView wanted = constant(BridgeView.values(), view);
		return (wanted != null) ? found(name, this.endpoint.view(name, wanted))
				: unknown("view", view, BridgeView.values());
	}

	Mono<WebEndpointResponse<Map<String, Object>>> act(String name, String action) {
		BridgeAction wanted = constant(BridgeAction.values(), action);
		if (wanted == null) {
			return Mono.just(unknown("action", action, BridgeAction.values()));
		}
		return this.endpoint.act(name, wanted)
			.map((body) -> found(name, body))
			.onErrorResume(BridgeException.class, (failure) -> Mono.just(refused(name, failure)))
			.switchIfEmpty(Mono.fromSupplier(() -> found(name, null)));
	}

	private WebEndpointResponse<Map<String, Object>> found(String name, @Nullable Map<String, Object> body) {
		return (body != null) ? new WebEndpointResponse<>(body, WebEndpointResponse.STATUS_OK)
				: error(WebEndpointResponse.STATUS_NOT_FOUND,
						"There is no bridge '" + name + "'; there are: " + String.join(", ", this.endpoint.names()));
	}

	private static <E extends Enum<E>> @Nullable E constant(E[] constants, String name) {
		return Arrays.stream(constants)
			.filter((constant) -> constant.name().equalsIgnoreCase(name))
			.findFirst()
			.orElse(null);
	}

	private static WebEndpointResponse<Map<String, Object>> unknown(String what, String name, Enum<?>[] known) {
		return error(WebEndpointResponse.STATUS_BAD_REQUEST, "There is no " + what + " '" + name + "'; there are: "
				+ Arrays.stream(known).map(WebOperations::lowerCase).collect(Collectors.joining(", ")));
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static WebEndpointResponse<Map<String, Object>> error(int status, String why) {
		return new WebEndpointResponse<>(OperationResponseBody.of(Map.of("error", why)), status);
	}

	private WebEndpointResponse<Map<String, Object>> refused(String name, BridgeException failure) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", String.valueOf(failure.getMessage()));
		body.putAll(this.endpoint.summary(name));
		return new WebEndpointResponse<>(OperationResponseBody.of(body),
				WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
	}

}
