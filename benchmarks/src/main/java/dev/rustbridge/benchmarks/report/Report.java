package dev.rustbridge.benchmarks.report;

import dev.rustbridge.benchmarks.Entrant;
import dev.rustbridge.benchmarks.Mode;
import dev.rustbridge.benchmarks.Sample;
import dev.rustbridge.benchmarks.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables in Markdown, and plots beside them. */
public final class Report {

	private static final String BEGIN = "<!-- benchmarks:begin -->";

	private static final String END = "<!-- benchmarks:end -->";

	private static final String NOTHING = "–";

	private final Results results;

	/** About these results. */
	public Report(Results results) {
		this.results = results;
	}

	/** One sample in a few words, for who watches the run. */
	public static String brief(Scenario scenario, Sample sample) {
		Figures figures = Figures.of(scenario, List.of(sample));
		return figures.isThere() ? Format.main(figures) : "failed: " + figures.failure();
	}

	/**
	 * Replaces what is between the markers of {@code performance.md} in that folder, and
	 * its plots.
	 */
	public void writeTo(Path docs) throws IOException {
		Path page = docs.resolve("performance.md");
		String text = Files.readString(page);
		int begin = text.indexOf(BEGIN);
		int end = text.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new IOException(page + " has to hold the lines " + BEGIN + " and " + END);
		}
		StringBuilder body = new StringBuilder(text.substring(0, begin + BEGIN.length())).append("\n\n");
		for (Mode mode : results.modes()) {
			String name = "performance-" + mode.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
			Files.writeString(docs.resolve(name), new Plot(results, mode).svg());
			body.append("![").append(mode.title()).append("](").append(name).append(")\n\n");
		}
		body.append(markdown()).append('\n').append(text.substring(end));
		Files.writeString(page, body);
	}

	/** All tables. */
	public String markdown() {
		StringBuilder out = new StringBuilder();
		Machine machine = results.machine();
		out.append("Measured at ")
			.append(results.date())
			.append(", ")
			.append(results.rounds())
			.append(" rounds, by `benchmarks/run` on ")
			.append(machine.processor())
			.append(", ")
			.append(machine.cores())
			.append(" cores; ")
			.append(machine.system())
			.append("; ")
			.append(machine.java())
			.append("; Node ")
			.append(machine.node())
			.append("; ")
			.append(machine.rust())
			.append(". Load average at the end of each round, the run's own work included: ")
			.append(results.loads()
				.stream()
				.map((load) -> String.format(Locale.ROOT, "%.1f", load))
				.collect(Collectors.joining(", ")))
			.append(".\n");
		targets(out);
		for (Mode mode : results.modes()) {
			out.append("\n### ").append(mode.title()).append("\n\n");
			overview(out, mode);
			for (Scenario scenario : results.scenarios()) {
				details(out, mode, scenario);
			}
		}
		return out.toString();
	}

	private void targets(StringBuilder out) {
		List<String> lines = Target.all()
			.stream()
			.flatMap(target -> target.ratio(results).stream().map(ratio -> line(target, ratio)))
			.toList();
		if (lines.isEmpty()) {
			return;
		}
		out.append("\n### Targets\n\n");
		out.append("How many times as good as what it is compared with the bridge has to be, and is.\n\n");
		row(out, List.of("scenario", "bridge", "target", "needed", "measured", ""));
		row(out, List.of("---", "---", "---", "---:", "---:", "---"));
		lines.forEach(out::append);
	}

	private static String line(Target target, double ratio) {
		StringBuilder out = new StringBuilder();
		row(out, List.of(target.scenario().title() + (target.mode() == Mode.PINNED ? ", pinned" : ""),
				target.ours().title(), target.what(), Format.times(target.atLeast()), Format.times(ratio),
				ratio >= target.atLeast() ? "met" : "**missed**"));
		return out.toString();
	}

	private void overview(StringBuilder out, Mode mode) {
		List<Entrant> entrants = results.entrants();
		out.append("| scenario | ")
			.append(entrants.stream().map(Entrant::title).collect(Collectors.joining(" | ")))
			.append(" |\n|---|")
			.append("---:|".repeat(entrants.size()))
			.append('\n');
		for (Scenario scenario : results.scenarios()) {
			out.append("| ").append(scenario.title());
			for (Entrant entrant : entrants) {
				out.append(" | ")
					.append(results.figures(mode, scenario, entrant)
						.map(figures -> figures.isThere() ? Format.main(figures) : "failed")
						.orElse(NOTHING));
			}
			out.append(" |\n");
		}
	}

	private void details(StringBuilder out, Mode mode, Scenario scenario) {
		out.append("\n#### ")
			.append(scenario.title())
			.append(", ")
			.append(mode.title().toLowerCase(Locale.ROOT))
			.append("\n\n");
		row(out, List.of("", "median", "rounds", "p50", "p99", "host CPU", "daemon CPU", "allocated",
				"to Rust Bridge, stdio"));
		row(out, List.of("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"));
		Optional<Figures> base = results.figures(mode, scenario, Entrant.of(Entrant.BASE)).filter(Figures::isThere);
		for (Entrant entrant : results.entrants()) {
			results.figures(mode, scenario, entrant).ifPresent(figures -> row(out, cells(entrant, figures, base)));
		}
	}

	private static List<String> cells(Entrant entrant, Figures figures, Optional<Figures> base) {
		if (!figures.isThere()) {
			String why = String.valueOf(figures.failure()).replace("|", "\\|").replace('\n', ' ');
			return List.of(entrant.title(), "failed: " + why, "", "", "", "", "", "", "");
		}
		String failed = figures.failedRounds() == 0 ? "" : " (" + figures.failedRounds() + " failed)";
		return List.of(entrant.title(), Format.main(figures), Format.spread(figures) + failed,
				Format.time(figures.p50Nanos()), Format.time(figures.p99Nanos()), Format.time(figures.hostCpuNanos()),
				Format.time(figures.daemonCpuNanos()), Format.bytes(figures.allocatedBytes()),
				base.map(figures::timesAsGoodAs).map(Format::times).orElse(NOTHING));
	}

	private static void row(StringBuilder out, List<String> cells) {
		out.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
