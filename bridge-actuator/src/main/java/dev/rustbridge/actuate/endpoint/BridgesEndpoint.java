package dev.rustbridge.actuate.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * What is known of each bridge, and what an operator may do with it. Read-only unless
 * {@code management.endpoint.bridges.access} is {@code unrestricted}.
 */
@Endpoint(id = "bridges", defaultAccess = Access.READ_ONLY)
public class BridgesEndpoint {

	private final RustBridgeRegistry bridges;

	private final BridgeDescriber describer;

	private final Show showValues;

	/**
	 * Makes the endpoint.
	 * @param bridges the bridges of the application
	 * @param describer tells what is known of one
	 * @param showValues when values that may be secrets are shown
	 */
	public BridgesEndpoint(RustBridgeRegistry bridges, BridgeDescriber describer, Show showValues) {
		this.bridges = bridges;
		this.describer = describer;
		this.showValues = showValues;
	}

	/**
	 * All bridges.
	 * @return a description of each, by name
	 */
	@ReadOperation
	public Map<String, Object> bridges() {
		Map<String, Object> all = new LinkedHashMap<>();
		for (RustBridge bridge : this.bridges) {
			all.put(bridge.name(), this.describer.summary(bridge));
		}
		return OperationResponseBody.of(Map.of("bridges", all));
	}

	/**
	 * One bridge.
	 * @param name its name
	 * @return its description, {@code null} (404 over HTTP) when there is none of that
	 * name
	 */
	@ReadOperation
	public @Nullable Map<String, Object> bridge(@Selector String name) {
		// nobody is known here who could be authorized
		return bridge(name, this.showValues == Show.ALWAYS);
	}

	@Nullable Map<String, Object> bridge(String name, boolean showValues) {
		RustBridge bridge = this.bridges.find(name);
		return (bridge != null) ? OperationResponseBody.of(this.describer.describe(bridge, showValues)) : null;
	}

	Show showValues() {
		return this.showValues;
	}

	List<String> names() {
		List<String> names = new ArrayList<>();
		this.bridges.forEach((bridge) -> names.add(bridge.name()));
		return names;
	}

	Map<String, Object> summary(String name) {
		return this.describer.summary(this.bridges.get(name));
	}

	/**
	 * One part of what is known of a bridge.
	 * @param name its name
	 * @param view which part
	 * @return the part under its name, {@code null} (404 over HTTP) when there is no
	 * bridge of that name
	 */
	@ReadOperation
	public @Nullable Map<String, Object> view(@Selector String name, @Selector BridgeView view) {
		RustBridge bridge = this.bridges.find(name);
		return (bridge != null)
				? OperationResponseBody.of(Map.of(view.name().toLowerCase(Locale.ROOT), view.of(bridge))) : null;
	}

	/**
	 * Does something with a bridge, and waits until it is done.
	 * @param name its name
	 * @param action what to do
	 * @return what is known of it afterwards; empty when there is none of that name;
	 * fails with the reason why it could not be done
	 */
	@WriteOperation
	public Mono<Map<String, Object>> act(@Selector String name, @Selector BridgeAction action) {
		RustBridge bridge = this.bridges.find(name);
		if (bridge == null) {
			return Mono.empty();
		}
		return action.on(bridge)
			// reads files of the process, which is nothing for the bridge's I/O thread
			.then(Mono.fromSupplier(() -> OperationResponseBody.of(this.describer.summary(bridge)))
				.subscribeOn(Schedulers.boundedElastic()));
	}

}
