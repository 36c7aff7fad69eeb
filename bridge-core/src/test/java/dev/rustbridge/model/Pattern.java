package dev.rustbridge.model;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Lines against those of the vectors: {@code *} stands for any value, {@code @…} for an
 * id that is bound by the first line that has it.
 */
final class Pattern {

	private final Map<String, String> bound = new HashMap<>();

	/** Whether a line is as it has to be; if it is, its ids are bound. */
	boolean matches(JsonNode pattern, JsonNode line) {
		Map<String, String> found = new HashMap<>(this.bound);
		if (!matches(pattern, line, found)) {
			return false;
		}
		this.bound.putAll(found);
		return true;
	}

	private static boolean matches(JsonNode pattern, JsonNode value, Map<String, String> found) {
		if (pattern.isString() && pattern.stringValue().equals("*")) {
			return true;
		}
		if (pattern.isString() && pattern.stringValue().startsWith("@")) {
			return value.isString() && value.stringValue()
				.equals(found.computeIfAbsent(pattern.stringValue(), (id) -> value.stringValue()));
		}
		if (!pattern.isObject() || !value.isObject()) {
			return pattern.equals(value);
		}
		return pattern.size() == value.size() && pattern.propertyNames()
			.stream()
			.allMatch((name) -> value.has(name) && matches(pattern.get(name), value.get(name), found));
	}

	/** A line with the ids that are bound. */
	String resolve(String line) {
		String resolved = line;
		for (Map.Entry<String, String> id : this.bound.entrySet()) {
			resolved = resolved.replace("\"" + id.getKey() + "\"", "\"" + id.getValue() + "\"");
		}
		return resolved;
	}

	String idOf(String name) {
		return this.bound.getOrDefault(name, name);
	}

}
