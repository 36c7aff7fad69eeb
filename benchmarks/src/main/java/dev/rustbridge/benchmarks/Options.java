package dev.rustbridge.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code benchmarks/run} asks for.
 *
 * @param rounds how often everything is measured, each time by fresh processes
 * @param startMillis how long each new process works before anything is measured
 * @param warmUpMillis of each measurement, not counted
 * @param millis of each measurement
 * @param modes on all cores, on one core, or both
 * @param write whether the report goes into the documentation, or only to stdout
 * @param from samples of an earlier run to report on, instead of a new run
 */
record Options(int rounds, int startMillis, int warmUpMillis, int millis, List<Mode> modes, List<Scenario> scenarios,
		List<Entrant> entrants, boolean write, @Nullable Path from) {

	static final String USAGE = """
			usage: benchmarks/run [options]
			  --rounds N        rounds, each by fresh processes (default 3)
			  --start MILLIS    work of each new process before anything is measured (default 5000)
			  --warm-up MILLIS  before each measurement (default 1000)
			  --millis MILLIS   length of each measurement (default 600)
			  --quick           one short round, written nowhere
			  --only A,B        these scenarios
			  --who A,B         these contenders
			  --pin, --no-pin   only pinned to one core, only on all cores (default: both)
			  --no-write        print the report, do not write it into docs/performance.md
			  --from FILE       report on the samples of an earlier run""";

	static Options parse(String[] args) {
		int rounds = 3;
		int start = 5000;
		int warmUp = 1000;
		int millis = 600;
		boolean write = true;
		Path from = null;
		List<Mode> modes = List.of(Mode.values());
		List<Scenario> scenarios = List.of(Scenario.all());
		List<Entrant> entrants = Entrant.all();
		Deque<String> left = new ArrayDeque<>(Arrays.asList(args));
		while (!left.isEmpty()) {
			String option = left.pop();
			switch (option) {
				case "--rounds" -> rounds = Integer.parseInt(left.pop());
				case "--start" -> start = Integer.parseInt(left.pop());
				case "--warm-up" -> warmUp = Integer.parseInt(left.pop());
				case "--millis" -> millis = Integer.parseInt(left.pop());
				case "--quick" -> {
					rounds = 1;
					start = 1000;
					warmUp = 300;
					millis = 300;
					write = false;
				}
				case "--only" -> scenarios = Arrays.stream(left.pop().split(",")).map(Scenario::of).toList();
				case "--who" -> entrants = Entrant.parse(left.pop());
				case "--pin" -> modes = List.of(Mode.PINNED);
				case "--no-pin" -> modes = List.of(Mode.ALL_CORES);
				case "--no-write" -> write = false;
				case "--from" -> from = Path.of(left.pop());
				default -> throw new IllegalArgumentException("unknown option " + option);
			}
		}
		return new Options(rounds, start, warmUp, millis, modes, scenarios, entrants, write, from);
	}
}
