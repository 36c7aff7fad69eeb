package dev.rustbridge.test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command as a scripted daemon has received it.
 */
public final class ReceivedCommand {

	private final String method;

	private final JsonNode params;

	private final Map<String, String> trace;

	private final List<JsonNode> items;

	private final int instance;

	private final JsonMapper mapper;

	ReceivedCommand(JsonNode message, List<JsonNode> items, int instance, JsonMapper mapper) {
		this.method = message.get("method").asString();
		this.params = message.get("params");
		this.trace = message.path("trace")
			.propertyStream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (header) -> header.getValue().asString()));
		this.items = List.copyOf(items);
		this.instance = instance;
		this.mapper = mapper;
	}

	/**
	 * The method.
	 * @return its name
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Its parameters.
	 * @return the JSON
	 */
	public JsonNode params() {
		return this.params;
	}

	/**
	 * Its parameters, bound to a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value
	 */
	public <T> @Nullable T params(Class<T> type) {
		return this.mapper.treeToValue(this.params, type);
	}

	/**
	 * The W3C trace context that came with it. The events and calls of its script carry
	 * it as well.
	 * @return {@code traceparent} and {@code tracestate}, empty if none came
	 */
	public Map<String, String> trace() {
		return this.trace;
	}

	/**
	 * What was uploaded with it.
	 * @return the items in their order, all of them
	 */
	public List<JsonNode> items() {
		return this.items;
	}

	/**
	 * The instance that received it.
	 * @return the index in the pool, from 0
	 */
	public int instance() {
		return this.instance;
	}

	@Override
	public String toString() {
		return this.method + this.params + (this.items.isEmpty() ? "" : " with " + this.items);
	}

}
