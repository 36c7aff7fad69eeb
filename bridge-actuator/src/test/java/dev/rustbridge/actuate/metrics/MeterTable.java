package dev.rustbridge.actuate.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;

/**
 * The table of meters in the documentation, and what a registry has, as rows that can be
 * compared.
 */
final class MeterTable {

	private static final Path DOCUMENT = Path.of(System.getProperty("rustbridge.test.root", ".."),
			"docs/operations/meters.md");

	private static final Pattern CODE = Pattern.compile("`([^`]*)`");

	private MeterTable() {
	}

	static String document() {
		try {
			return Files.readString(DOCUMENT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Set<Row> documented() {
		return document().lines()
			.filter((line) -> line.startsWith("| `rustbridge."))
			.map((line) -> line.split("\\|", -1))
			.map((cells) -> new Row(codes(cells[1]).get(0), cells[2].strip(), cells[3].strip(),
					new TreeSet<>(codes(cells[4])), cells[5].strip()))
			.collect(Collectors.toSet());
	}

	static Set<Row> of(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map(Meter::getId)
			.map((id) -> new Row(id.getName(), id.getType().name().toLowerCase(Locale.ROOT),
					(id.getBaseUnit() != null) ? id.getBaseUnit() : "",
					id.getTags()
						.stream()
						.map(Tag::getKey)
						.filter((key) -> !key.equals(RustBridgeMeter.BRIDGE))
						.collect(Collectors.toCollection(TreeSet::new)),
					String.valueOf(id.getDescription())))
			.collect(Collectors.toSet());
	}

	/** The values of a tag that the documentation names. */
	static List<String> values(String tag) {
		return document().lines()
			.filter((line) -> line.startsWith("| `" + tag + "` |"))
			.flatMap((line) -> codes(Arrays.asList(line.split("\\|", -1)).get(2)).stream())
			.toList();
	}

	private static List<String> codes(String cell) {
		return CODE.matcher(cell).results().map((match) -> match.group(1)).toList();
	}

	record Row(String name, String type, String unit, Set<String> tags, String tells) {

	}

}
