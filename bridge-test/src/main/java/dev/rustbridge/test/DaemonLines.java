package dev.rustbridge.test;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines that a scripted daemon writes.
 */
final class DaemonLines {

	private static final String CAPABILITIES = "\"rustbridge\":{\"protocol\":1,\"minProtocol\":1,\"capabilities\":"
			+ "[\"cancel\",\"credit\",\"deadline\",\"trace\",\"errors\",\"calls\",\"upload\"]}";

	/** Unlimited, by the protocol. */
	private static final long ALL = (1L << 53) - 1;

	private final JsonMapper mapper;

	DaemonLines(JsonMapper mapper) {
		this.mapper = mapper;
	}

	String ready(boolean classic) {
		return "{\"event\":\"ready\",\"data\":{\"version\":\"scripted\"" + (classic ? "" : "," + CAPABILITIES) + "}}";
	}

	String event(String name, @Nullable Object data, Map<String, String> trace) {
		return "{\"event\":" + json(name) + member("data", data) + trace(trace) + "}";
	}

	String chunk(String id, Object data) {
		return "{\"id\":" + json(id) + ",\"stream\":true" + member("data", data) + "}";
	}

	String success(String id, @Nullable Object result) {
		return "{\"id\":" + json(id) + ",\"success\":true" + member("result", result) + "}";
	}

	String failure(String id, String error, @Nullable String code) {
		return "{\"id\":" + json(id) + ",\"success\":false" + member("error", error) + member("code", code) + "}";
	}

	String call(String id, String method, @Nullable Object params, Map<String, String> trace) {
		return "{\"id\":" + json(id) + ",\"method\":" + json(method)
				+ ((params != null) ? member("params", params) : ",\"params\":{}") + trace(trace) + "}";
	}

	String takesAllItems(String id) {
		return "{\"id\":" + json(id) + ",\"credit\":" + ALL + "}";
	}

	private String trace(Map<String, String> trace) {
		return member("trace", trace.isEmpty() ? null : trace);
	}

	private String member(String name, @Nullable Object value) {
		return (value != null) ? ",\"" + name + "\":" + json(value) : "";
	}

	private String json(Object value) {
		return this.mapper.writeValueAsString(value);
	}

}
