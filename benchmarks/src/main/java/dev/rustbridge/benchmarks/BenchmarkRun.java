package dev.rustbridge.benchmarks;

import dev.rustbridge.benchmarks.report.Report;
import dev.rustbridge.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The program behind {@code benchmarks/run}: rounds of fresh processes, and within a
 * round each scenario by all contenders in turn, so that whatever the machine does
 * besides hits all of them alike.
 */
public final class BenchmarkRun {

	/** What each new process does first, uncounted. */
	private static final Scenario WARM_UP = Scenario.of("flight-64");

	private final Options options;

	private final Path home;

	private final Results results;

	private BenchmarkRun(Options options, Path home) {
		this.options = options;
		this.home = home;
		this.results = new Results();
	}

	/** Arguments: the folder of the benchmarks, then those of the command line. */
	public static void main(String[] args) throws Exception {
		Path home = Path.of(args[0]);
		Options options;
		try {
			String[] rest = new String[args.length - 1];
			System.arraycopy(args, 1, rest, 0, rest.length);
			options = Options.parse(rest);
		}
		catch (RuntimeException e) {
			System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
			System.exit(2);
			return;
		}
		Path from = options.from();
		Results results = (from != null) ? Results.read(from) : new BenchmarkRun(options, home).run();
		Report report = new Report(results);
		System.out.println(report.markdown());
		if (options.write()) {
			report.writeTo(home.resolveSibling("docs"));
		}
	}

	private Results run() throws IOException, InterruptedException {
		Path file = home.resolve("target/samples.json");
		for (int round = 1; round <= options.rounds(); round++) {
			for (Mode mode : options.modes()) {
				System.err.println(
						"round " + round + " of " + options.rounds() + ", " + mode.title().toLowerCase(Locale.ROOT));
				round(mode);
				results.endRound();
				results.write(file);
			}
		}
		System.err.println("samples: " + file);
		return results;
	}

	private void round(Mode mode) throws IOException, InterruptedException {
		Map<Entrant, WorkerProcess> workers = new LinkedHashMap<>();
		try {
			for (Scenario scenario : options.scenarios()) {
				for (Entrant entrant : options.entrants()) {
					if (entrant.takesPartIn(scenario)) {
						Sample sample = sample(workers, entrant, mode, scenario);
						results.add(mode, scenario, entrant, sample);
						System.err
							.println("  " + scenario.id() + " " + entrant.id() + ": " + Report.brief(scenario, sample));
					}
				}
			}
		}
		finally {
			for (WorkerProcess worker : workers.values()) {
				worker.close();
			}
		}
	}

	private Sample sample(Map<Entrant, WorkerProcess> workers, Entrant entrant, Mode mode, Scenario scenario)
			throws InterruptedException {
		try {
			WorkerProcess worker = workers.get(entrant);
			if (worker == null) {
				worker = WorkerProcess.start(entrant, mode, home);
				workers.put(entrant, worker);
				// compilers need about so many calls, whoever's code it is
				worker.measure(WARM_UP, 0, options.startMillis());
			}
			Sample sample = worker.measure(scenario, options.warmUpMillis(), options.millis());
			if (sample.failure() != null) {
				// what is left of it may be broken
				discard(workers, entrant);
			}
			return sample;
		}
		catch (IOException | TimeoutException e) {
			discard(workers, entrant);
			return Sample.failed(e.toString());
		}
	}

	private static void discard(Map<Entrant, WorkerProcess> workers, Entrant entrant) throws InterruptedException {
		WorkerProcess worker = workers.remove(entrant);
		if (worker != null) {
			worker.close();
		}
	}

}
