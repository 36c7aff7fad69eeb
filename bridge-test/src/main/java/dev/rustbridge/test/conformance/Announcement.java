package dev.rustbridge.test.conformance;

import java.util.LinkedHashSet;
import java.util.Set;

import dev.rustbridge.test.conformance.wire.Line;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a daemon said about itself when it was ready.
 *
 * @param version its version, {@code null} if it named none
 * @param block the block {@code rustbridge}, {@code null} for a classic daemon
 */
record Announcement(@Nullable String version, @Nullable JsonNode block) {

	static Announcement of(Line ready) {
		JsonNode data = ready.get("data");
		if (data == null || !data.isObject()) {
			return new Announcement(null, null);
		}
		JsonNode version = data.get("version");
		JsonNode block = data.get("rustbridge");
		return new Announcement((version != null && version.isString()) ? version.stringValue() : null,
				(block != null && block.isObject()) ? block : null);
	}

	boolean isExtended() {
		return this.block != null;
	}

	/**
	 * Whether it serves hosts that say no {@code $hello}.
	 */
	boolean servesClassicHosts() {
		JsonNode classic = get("classic");
		return classic == null || !classic.isBoolean() || classic.booleanValue();
	}

	/**
	 * The capabilities, {@code methods} among them if there is a list of them.
	 */
	Set<String> capabilities() {
		Set<String> names = new LinkedHashSet<>();
		JsonNode capabilities = get("capabilities");
		if (capabilities != null && capabilities.isArray()) {
			for (JsonNode capability : capabilities) {
				if (capability.isString()) {
					names.add(capability.stringValue());
				}
			}
		}
		if (get("methods") != null) {
			names.add("methods");
		}
		return names;
	}

	/**
	 * The largest message that it takes.
	 * @return bytes, -1 if it named no limit
	 */
	long maxMessageSize() {
		JsonNode limit = get("maxMessageSize");
		return (limit != null && limit.isIntegralNumber()) ? limit.asLong(-1) : -1;
	}

	@Nullable JsonNode get(String member) {
		return (this.block != null) ? this.block.get(member) : null;
	}

}
