package dev.rustbridge.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the application answered to a call of a scripted daemon.
 */
public final class HostAnswer {

	private final JsonNode message;

	private final JsonMapper mapper;

	HostAnswer(JsonNode message, JsonMapper mapper) {
		this.message = message;
		this.mapper = mapper;
	}

	/**
	 * Whether it gave a result.
	 * @return {@code false} for an error
	 */
	public boolean success() {
		return this.message.path("success").asBoolean(false);
	}

	/**
	 * The result.
	 * @return the JSON, {@code null} when there is none
	 */
	public @Nullable JsonNode result() {
		return this.message.hasNonNull("result") ? this.message.get("result") : null;
	}

	/**
	 * The result, bound to a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the value, {@code null} when there is none
	 */
	public <T> @Nullable T result(Class<T> type) {
		JsonNode result = result();
		return (result != null) ? this.mapper.treeToValue(result, type) : null;
	}

	/**
	 * The words of the error.
	 * @return the words, {@code null} after a success
	 */
	public @Nullable String error() {
		return this.message.path("error").asString(null);
	}

	/**
	 * The code of the error.
	 * @return the code, {@code null} when there is none
	 */
	public @Nullable String code() {
		return this.message.path("code").asString(null);
	}

	@Override
	public String toString() {
		return this.message.toString();
	}

}
