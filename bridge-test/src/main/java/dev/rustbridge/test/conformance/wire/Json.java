package dev.rustbridge.test.conformance.wire;

import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

/**
 * Lines of a host.
 */
public final class Json {

	private Json() {
	}

	/**
	 * Writes text as JSON.
	 * @param text the text
	 * @return the text within quotes
	 */
	public static String quote(String text) {
		return JsonMapper.shared().writeValueAsString(text);
	}

	/**
	 * Writes a command.
	 * @param id its id
	 * @param method the method
	 * @param params its parameters as JSON
	 * @param members further members as JSON, each {@code "name":value}
	 * @return the line without its newline
	 */
	public static String command(String id, String method, String params, String... members) {
		StringBuilder line = new StringBuilder("{\"id\":").append(quote(id))
			.append(",\"method\":")
			.append(quote(method))
			.append(",\"params\":")
			.append(params);
		for (String member : members) {
			line.append(',').append(member);
		}
		return line.append('}').toString();
	}

	/**
	 * Writes a duration for people.
	 * @param duration the duration
	 * @return such as {@code 5s} or {@code 250ms}
	 */
	public static String text(Duration duration) {
		long millis = duration.toMillis();
		return (millis % 1000 == 0) ? (millis / 1000) + "s" : millis + "ms";
	}

}
