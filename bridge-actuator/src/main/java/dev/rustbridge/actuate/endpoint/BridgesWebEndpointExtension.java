package dev.rustbridge.actuate.endpoint;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP on a server with a thread for each request, which waits: a
 * publisher of a response would be taken for its body there.
 */
@EndpointWebExtension(endpoint = BridgesEndpoint.class)
public class BridgesWebEndpointExtension {

	private final WebOperations operations;

	/**
	 * Makes the extension.
	 * @param endpoint does the work
	 * @param roles who may see values where that depends on who asks; empty for all that
	 * are authenticated
	 */
	public BridgesWebEndpointExtension(BridgesEndpoint endpoint, Set<String> roles) {
		this.operations = new WebOperations(endpoint, roles);
	}

	/**
	 * One bridge.
	 * @param securityContext who asks
	 * @param name its name
	 * @return its description, or 404
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> bridge(SecurityContext securityContext, @Selector String name) {
		return this.operations.bridge(securityContext, name);
	}

	/**
	 * One part of what is known of a bridge.
	 * @param name its name
	 * @param view which part
	 * @return the part under its name, 404, or 400 when there is no such part
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> view(@Selector String name, @Selector String view) {
		return this.operations.view(name, view);
	}

	/**
	 * Does something with a bridge, and waits until it is done.
	 * @param name its name
	 * @param action what to do
	 * @return what is known of it afterwards, 404, 400 when there is no such action, or
	 * 503 when it could not be done; with the reason in {@code error}
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> act(@Selector String name, @Selector String action) {
		return Objects.requireNonNull(this.operations.act(name, action).block());
	}

}
