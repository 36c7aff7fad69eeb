package dev.rustbridge.benchmarks.report;

import dev.rustbridge.benchmarks.Entrant;
import dev.rustbridge.benchmarks.Mode;
import dev.rustbridge.benchmarks.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this project set itself, to be met by its bridge on one transport.
 *
 * @param what in words
 * @param ours whose figure is judged
 * @param scenario where
 * @param other whom it is compared with, in which scenario
 * @param atLeast how many times as good it has to be
 */
record Target(String what, Mode mode, Entrant ours, Scenario scenario, Other other, double atLeast) {

	/** The other figure: of a contender, or a time in nanoseconds. */
	sealed interface Other {

		record Peer(Entrant entrant, Scenario scenario) implements Other {
		}

		record Time(double nanos) implements Other {
		}

	}

	static List<Target> all() {
		List<Target> targets = new ArrayList<>();
		for (String transport : List.of("stdio", "socket")) {
			String smartrust = "smartrust-" + transport;
			String raw = "raw-" + transport;
			add(targets, transport, "seq", raw, "seq", 1 / 1.15, "≤ 1.15 × the floor");
			add(targets, transport, "block", raw, "block", 1 / 1.15, "≤ 1.15 × the floor, handing off");
			add(targets, transport, "seq", "lsp4j", "seq", 1, "≤ LSP4J");
			add(targets, transport, "flight-64", smartrust, "flight-64", 3.5, "≥ 3.5 × smartrust");
			add(targets, transport, "flight-64", "mcp", "flight-64", 6, "≥ 6 × MCP");
			add(targets, transport, "flight-64", "lsp4j", "flight-64", 2.5, "≥ 2.5 × LSP4J");
			add(targets, transport, "threads-64", smartrust, "flight-64", 2.5,
					"≥ 2.5 × smartrust (from its one thread)");
			add(targets, transport, "flight-1000", smartrust, "flight-1000", 6, "≥ 6 × smartrust");
			add(targets, transport, "stream", smartrust, "stream", 5, "≥ 5 × smartrust");
			within(targets, transport, "result-16m", 60);
			within(targets, transport, "result-40m", 150);
			// the same once more where the scheduler has no say: elsewhere it makes two
			// sorts of rounds, five times apart
			for (String pinned : List.of("seq", "block")) {
				targets.add(new Target("≤ 1.15 × the floor, both pinned", Mode.PINNED, ours(transport),
						Scenario.of(pinned), new Other.Peer(Entrant.of(raw), Scenario.of(pinned)), 1 / 1.15));
			}
			for (String pinned : List.of("seq", "flight-64", "flight-1000", "stream")) {
				targets.add(new Target("≥ smartrust, both pinned", Mode.PINNED, ours(transport), Scenario.of(pinned),
						new Other.Peer(Entrant.of(smartrust), Scenario.of(pinned)), 1));
			}
		}
		for (String scenario : List.of("flight-64", "threads-64", "stream")) {
			targets.add(new Target("with meters ≥ 0.9 × without", Mode.ALL_CORES, Entrant.of(Entrant.METERED),
					Scenario.of(scenario), new Other.Peer(Entrant.of(Entrant.BASE), Scenario.of(scenario)), 0.9));
		}
		return targets;
	}

	/** How many times as good ours is; empty where one of both was not measured. */
	Optional<Double> ratio(Results results) {
		Optional<Figures> ours = results.figures(mode, scenario, this.ours).filter(Figures::isThere);
		if (other instanceof Other.Time time) {
			return ours.map(figures -> time.nanos() / figures.p50Nanos());
		}
		Other.Peer peer = (Other.Peer) other;
		Optional<Figures> theirs = results.figures(mode, peer.scenario(), peer.entrant()).filter(Figures::isThere);
		return ours.flatMap(figures -> theirs.map(figures::timesAsGoodAs));
	}

	private static void add(List<Target> targets, String transport, String scenario, String peer, String peerScenario,
			double atLeast, String what) {
		Other other = new Other.Peer(Entrant.of(peer), Scenario.of(peerScenario));
		targets.add(new Target(what, Mode.ALL_CORES, ours(transport), Scenario.of(scenario), other, atLeast));
	}

	private static void within(List<Target> targets, String transport, String scenario, int millis) {
		Other other = new Other.Time(millis * 1e6);
		String what = "≤ " + millis + " ms";
		targets.add(new Target(what, Mode.ALL_CORES, ours(transport), Scenario.of(scenario), other, 1));
	}

	private static Entrant ours(String transport) {
		return Entrant.of("ours-" + transport);
	}
}
