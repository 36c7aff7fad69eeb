package dev.rustbridge.benchmarks;

import dev.rustbridge.benchmarks.Scenario.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One who is measured, as the report sees it.
 *
 * @param id how options and workers name it
 * @param title what the report calls it
 * @param side whose it is
 * @param onNode whether its worker runs on Node, and not in a JVM
 */
public record Entrant(String id, String title, Side side, boolean onNode) {

	/** Whose a client is: the plots colour by it. */
	public enum Side {

		/** This project. */
		OURS,
		/** Another project. */
		PEER,
		/** The bound that no client with JSON can pass. */
		FLOOR

	}

	/** What everything is compared with. */
	public static final String BASE = "ours-stdio";

	/** The same, with all meters in a registry for Prometheus. */
	public static final String METERED = "ours-stdio-metered";

	/** The same, with a span for each command. */
	public static final String OBSERVED = "ours-stdio-observed";

	private static final List<Entrant> ALL = List.of(new Entrant(BASE, "Rust Bridge, stdio", Side.OURS, false),
			new Entrant(OBSERVED, "Rust Bridge, stdio, traced", Side.OURS, false),
			new Entrant("ours-socket", "Rust Bridge, socket", Side.OURS, false),
			new Entrant(METERED, "Rust Bridge, stdio, metered", Side.OURS, false),
			new Entrant("smartrust-stdio", "smartrust 1.3.2, stdio", Side.PEER, true),
			new Entrant("smartrust-socket", "smartrust 1.3.2, socket", Side.PEER, true),
			new Entrant("mcp", "MCP Java SDK 2.0.1, stdio", Side.PEER, false),
			new Entrant("lsp4j", "LSP4J 1.0.0, stdio", Side.PEER, false),
			new Entrant("grpc", "gRPC-Java, socket", Side.PEER, false),
			new Entrant("webclient", "WebClient, socket", Side.PEER, false),
			new Entrant("raw-stdio", "raw floor, stdio", Side.FLOOR, false),
			new Entrant("raw-socket", "raw floor, socket", Side.FLOOR, false));

	/**
	 * Our own client once more, with a daemon on the SDK instead of the one that does
	 * next to nothing: measured only by name.
	 */
	private static final List<Entrant> BY_NAME = List.of(
			new Entrant("sdk-stdio", "Rust Bridge with the SDK, stdio", Side.OURS, false),
			new Entrant("sdk-socket", "Rust Bridge with the SDK, socket", Side.OURS, false));

	/** Those of a full run, in the order in which they are measured and listed. */
	public static List<Entrant> all() {
		return ALL;
	}

	/** All that can be named, in the order in which they are listed. */
	public static List<Entrant> known() {
		return Stream.concat(ALL.stream(), BY_NAME.stream()).toList();
	}

	/** The one with that id. */
	public static Entrant of(String id) {
		return known().stream()
			.filter(entrant -> entrant.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no contender '" + id + "'; there are: "
					+ Stream.concat(ALL.stream(), BY_NAME.stream())
						.map(Entrant::id)
						.collect(Collectors.joining(", "))));
	}

	/**
	 * Whether it can do that at all, and whether that tells anything: Node can't block or
	 * send from threads, the floor has no queue, meters are paid by the command and by
	 * the chunk, and spans by the command.
	 */
	public boolean takesPartIn(Scenario scenario) {
		if (id.equals(OBSERVED)) {
			return scenario.kind() == Kind.IN_FLIGHT || scenario.kind() == Kind.FROM_THREADS;
		}
		if (id.equals(METERED)) {
			return scenario.kind() == Kind.IN_FLIGHT || scenario.kind() == Kind.FROM_THREADS
					|| scenario.kind() == Kind.STREAM;
		}
		if (onNode) {
			return scenario.kind() != Kind.BLOCKING && scenario.kind() != Kind.FROM_THREADS;
		}
		return side != Side.FLOOR || scenario.kind() != Kind.FROM_THREADS;
	}

	static List<Entrant> parse(String ids) {
		return Arrays.stream(ids.split(",")).map(Entrant::of).toList();
	}
}
