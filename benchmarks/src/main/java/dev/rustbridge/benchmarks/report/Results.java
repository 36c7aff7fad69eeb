package dev.rustbridge.benchmarks.report;

import dev.rustbridge.benchmarks.Entrant;
import dev.rustbridge.benchmarks.Mode;
import dev.rustbridge.benchmarks.Sample;
import dev.rustbridge.benchmarks.Scenario;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** All samples of a run, and where and when it was. */
public final class Results {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Machine machine;

	private final String date;

	private final List<Row> rows;

	private final List<Double> loads;

	/** Nothing measured yet, on this machine. */
	public Results() {
		this(Machine.here(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), new ArrayList<>(),
				new ArrayList<>());
	}

	private Results(Machine machine, String date, List<Row> rows, List<Double> loads) {
		this.machine = machine;
		this.date = date;
		this.rows = rows;
		this.loads = loads;
	}

	/** What an earlier run wrote. */
	public static Results read(Path file) {
		Stored stored = JSON.readValue(file.toFile(), Stored.class);
		return new Results(stored.machine, stored.date, new ArrayList<>(stored.rows), new ArrayList<>(stored.loads));
	}

	/** Writes it so that {@link #read} can read it. */
	public void write(Path file) throws IOException {
		Files.writeString(file, JSON.writeValueAsString(new Stored(machine, date, rows, loads)));
	}

	/** Adds what one measurement yielded. */
	public void add(Mode mode, Scenario scenario, Entrant entrant, Sample sample) {
		rows.add(new Row(mode, scenario.id(), entrant.id(), sample));
	}

	/**
	 * Notes how busy the machine was, others included.
	 */
	public void endRound() {
		loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	/** Load averages over the last minute of each round. */
	List<Double> loads() {
		return loads;
	}

	Machine machine() {
		return machine;
	}

	String date() {
		return date;
	}

	int rounds() {
		return (int) rows.stream()
			.filter(row -> row.mode == rows.get(0).mode && row.scenario.equals(rows.get(0).scenario)
					&& row.entrant.equals(rows.get(0).entrant))
			.count();
	}

	List<Mode> modes() {
		return Arrays.stream(Mode.values()).filter(mode -> rows.stream().anyMatch(row -> row.mode == mode)).toList();
	}

	List<Scenario> scenarios() {
		return Arrays.stream(Scenario.all())
			.filter(scenario -> rows.stream().anyMatch(row -> row.scenario.equals(scenario.id())))
			.toList();
	}

	List<Entrant> entrants() {
		return Entrant.known()
			.stream()
			.filter(entrant -> rows.stream().anyMatch(row -> row.entrant.equals(entrant.id())))
			.toList();
	}

	/** The figures of one, over all rounds; empty if it took no part. */
	Optional<Figures> figures(Mode mode, Scenario scenario, Entrant entrant) {
		List<Sample> samples = rows.stream()
			.filter(row -> row.mode == mode && row.scenario.equals(scenario.id()) && row.entrant.equals(entrant.id()))
			.map(Row::sample)
			.filter(Objects::nonNull)
			.toList();
		return samples.isEmpty() ? Optional.empty() : Optional.of(Figures.of(scenario, samples));
	}

	private record Row(Mode mode, String scenario, String entrant, Sample sample) {
	}

	private record Stored(Machine machine, String date, List<Row> rows, List<Double> loads) {
	}

}
