package dev.rustbridge.connection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.rustbridge.BridgeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What host and daemon agreed on.
 *
 * @param protocol the version in force, 0 for a classic daemon
 * @param names the capabilities in force
 * @param daemonMaxMessageSize the longest line that the daemon takes
 * @param version the daemon's own version
 * @param methods the methods it announced
 */
public record Capabilities(int protocol, Set<String> names, long daemonMaxMessageSize, @Nullable String version,
		List<BridgeInfo.Method> methods) {

	/** The version that we speak. */
	static final int PROTOCOL = 1;

	/** The oldest version that we speak. */
	static final int MIN_PROTOCOL = 1;

	/** What we can do, in the order in which it is announced. */
	static final List<String> OURS = List.of("cancel", "credit", "deadline", "trace", "errors", "calls", "upload",
			"bytes");

	/** Nothing agreed. */
	public static final Capabilities CLASSIC = new Capabilities(0, Set.of(), Long.MAX_VALUE, null, List.of());

	public Capabilities {
		names = Set.copyOf(names);
		methods = List.copyOf(methods);
	}

	/**
	 * Reads what a daemon announces in its ready event.
	 * @param ready the data of the event, {@code null} if it has none
	 * @return what is in force once the daemon has our answer
	 * @throws IncompatibleException when it refuses classic hosts and has no version in
	 * common with us
	 */
	static Capabilities negotiate(@Nullable JsonNode ready) throws IncompatibleException {
		if (ready == null || !ready.isObject()) {
			return CLASSIC;
		}
		String version = text(ready.get("version"));
		JsonNode block = ready.get("rustbridge");
		if (block == null || !block.isObject()) {
			return new Capabilities(0, Set.of(), Long.MAX_VALUE, version, List.of());
		}
		int newest = block.path("protocol").asInt(PROTOCOL);
		int oldest = block.path("minProtocol").asInt(newest);
		int common = Math.min(newest, PROTOCOL);
		List<BridgeInfo.Method> methods = methods(block.path("methods"));
		if (common < oldest || common < MIN_PROTOCOL) {
			if (!block.path("classic").asBoolean(true)) {
				throw new IncompatibleException("the daemon speaks protocol versions " + oldest + " to " + newest
						+ ", we speak " + MIN_PROTOCOL + " to " + PROTOCOL + ", and it refuses the classic protocol");
			}
			return new Capabilities(0, Set.of(), Long.MAX_VALUE, version, methods);
		}
		Set<String> both = new LinkedHashSet<>();
		for (JsonNode capability : block.path("capabilities")) {
			String name = text(capability);
			if (name != null && OURS.contains(name)) {
				both.add(name);
			}
		}
		long limit = block.path("maxMessageSize").asLong(Long.MAX_VALUE);
		return new Capabilities(common, both, (limit > 0) ? limit : Long.MAX_VALUE, version, methods);
	}

	private static List<BridgeInfo.Method> methods(JsonNode announced) {
		List<BridgeInfo.Method> methods = new ArrayList<>();
		for (JsonNode method : announced) {
			String name = text(method.get("name"));
			if (name != null) {
				methods.add(new BridgeInfo.Method(name, method.path("stream").asBoolean(false)));
			}
		}
		return methods;
	}

	private static @Nullable String text(@Nullable JsonNode node) {
		return (node != null && node.isString()) ? node.stringValue() : null;
	}

	public boolean extended() {
		return this.protocol > 0;
	}

	boolean cancel() {
		return this.names.contains("cancel");
	}

	boolean credit() {
		return this.names.contains("credit");
	}

	boolean deadline() {
		return this.names.contains("deadline");
	}

	boolean trace() {
		return this.names.contains("trace");
	}

	boolean calls() {
		return this.names.contains("calls");
	}

	boolean upload() {
		return this.names.contains("upload");
	}

	boolean bytes() {
		return this.names.contains("bytes");
	}

	/**
	 * Host and daemon cannot speak to each other.
	 */
	static final class IncompatibleException extends Exception {

		private static final long serialVersionUID = 1L;

		IncompatibleException(String message) {
			super(message);
		}

	}

}
