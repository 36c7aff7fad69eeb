package dev.rustbridge.test.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import tools.jackson.databind.JsonNode;

/**
 * The list of methods that a daemon announces. None of them is called unless it was
 * named.
 */
final class MethodsChecks {

	private static final String METHODS = "methods";

	private MethodsChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(METHODS, "list", "the list of methods names each once",
						"announce \"methods\":[{\"name\":\"search\",\"stream\":true},{\"name\":\"stats\"}]", null,
						(bench) -> names(bench.announcement())),
				new Check(METHODS, "complete", "what can be called is in the list",
						"list every method: a typed client is checked against it", null, MethodsChecks::complete));
	}

	private static Set<String> names(Announcement said) {
		JsonNode methods = said.get(METHODS);
		Set<String> names = new HashSet<>();
		boolean wellFormed = methods != null && methods.isArray();
		if (methods != null) {
			for (JsonNode method : methods) {
				JsonNode name = method.get("name");
				JsonNode stream = method.get("stream");
				wellFormed &= name != null && name.isString() && names.add(name.stringValue());
				wellFormed &= stream == null || stream.isBoolean();
			}
		}
		if (!wellFormed) {
			throw new CheckFailure("methods as a list of objects with a name of their own, and stream true or false",
					String.valueOf(methods));
		}
		return names;
	}

	private static void complete(Bench bench) {
		Set<String> names = names(bench.announcement());
		for (MethodUnderTest method : bench.options().methods().values()) {
			if (!names.contains(method.name())) {
				throw new CheckFailure("the method " + method.name() + " in the list", String.valueOf(names));
			}
		}
	}

}
