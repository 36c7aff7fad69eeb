package dev.rustbridge.test.conformance.host;

import dev.rustbridge.test.conformance.wire.Json;
import tools.jackson.databind.JsonNode;

/**
 * A line of the host.
 *
 * @param json the line
 */
record Received(JsonNode json) {

	/**
	 * Its id, with its quotes.
	 */
	String id() {
		return Json.quote(this.json.path("id").asString(""));
	}

	String method() {
		return this.json.path("method").asString("");
	}

	/**
	 * Its parameters, as JSON.
	 */
	String params() {
		return this.json.path("params").toString();
	}

}
