package dev.rustbridge.test.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A line that the daemon wrote.
 *
 * @param text the line without its newline; what is no UTF-8 in it is replaced
 * @param json the line as JSON, {@code null} if it is none
 * @param payload the number of raw bytes that followed it, -1 if it announced none
 */
public record Line(String text, @Nullable JsonNode json, int payload) {

	private static final int EXCERPT = 200;

	/**
	 * One of its members.
	 * @param member the name
	 * @return the value, {@code null} where there is none
	 */
	public @Nullable JsonNode get(String member) {
		return (this.json != null) ? this.json.get(member) : null;
	}

	/**
	 * Its id.
	 * @return the id, {@code null} if it has none that is text
	 */
	public @Nullable String id() {
		JsonNode id = get("id");
		return (id != null && id.isString()) ? id.stringValue() : null;
	}

	/**
	 * Whether it is about a call.
	 * @param id the id of the call
	 * @return whether it has this id
	 */
	public boolean isFor(String id) {
		return id.equals(id());
	}

	/**
	 * Whether it is a final response.
	 * @return whether it is
	 */
	public boolean isAnswer() {
		return id() != null && get("success") != null && get("method") == null && !isChunk();
	}

	/**
	 * Whether it is a final response that says yes.
	 * @return whether it is
	 */
	public boolean isSuccess() {
		JsonNode success = get("success");
		return isAnswer() && success != null && success.isBoolean() && success.booleanValue();
	}

	/**
	 * Whether it is a chunk, of JSON or of raw bytes.
	 * @return whether it is
	 */
	public boolean isChunk() {
		JsonNode stream = get("stream");
		return id() != null && stream != null && stream.isBoolean() && stream.booleanValue() && get("method") == null
				&& (get("data") != null || this.payload >= 0);
	}

	/**
	 * Whether the daemon calls its host by it.
	 * @return whether it does
	 */
	public boolean isCall() {
		JsonNode method = get("method");
		return id() != null && method != null && method.isString();
	}

	/**
	 * Whether it is an event.
	 * @return whether it is
	 */
	public boolean isEvent() {
		JsonNode event = get("event");
		return event != null && event.isString() && get("id") == null;
	}

	/**
	 * Whether it is an event of a name.
	 * @param name the name
	 * @return whether it is
	 */
	public boolean isEvent(String name) {
		JsonNode event = get("event");
		return isEvent() && event != null && event.stringValue().equals(name);
	}

	/**
	 * The machine-readable code of an error.
	 * @return the code, {@code null} if it has none that is text
	 */
	public @Nullable String code() {
		JsonNode code = get("code");
		return (code != null && code.isString()) ? code.stringValue() : null;
	}

	/**
	 * Enough of it to be recognized.
	 * @return at most 200 characters
	 */
	public String excerpt() {
		String raw = (this.payload >= 0) ? " + " + this.payload + " raw bytes" : "";
		return excerpt(this.text) + raw;
	}

	static String excerpt(String text) {
		String shown = shown(text);
		return (text.length() <= EXCERPT) ? shown : shown + "… (" + text.length() + " characters)";
	}

	/**
	 * Enough of bytes that may be many.
	 */
	static String excerpt(byte[] bytes) {
		if (bytes.length <= EXCERPT) {
			return shown(new String(bytes, StandardCharsets.UTF_8).strip());
		}
		return shown(new String(bytes, 0, EXCERPT, StandardCharsets.UTF_8)) + "… (" + bytes.length + " bytes)";
	}

	private static String shown(String text) {
		return text.codePoints()
			.limit(EXCERPT)
			.mapToObj((c) -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c))
			.collect(Collectors.joining());
	}

}
