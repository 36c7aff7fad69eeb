package dev.rustbridge.sample.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queries in what operators are given.
 */
final class OperationsDocuments {

	private static final Path FOLDER = Path.of(System.getProperty("rustbridge.test.root", ".."), "docs/operations");

	private static final Pattern VARIABLE = Pattern.compile("label_values\\((?<series>.*), (?<label>\\w+)\\)");

	private OperationsDocuments() {
	}

	/** Those of all panels, and of the variables above them. */
	static List<String> dashboardQueries() {
		JsonNode dashboard = JsonMapper.shared().readTree(read("grafana-dashboard.json"));
		Stream<String> panels = dashboard.findValues("expr").stream().map(JsonNode::stringValue);
		Stream<String> variables = dashboard.at("/templating/list")
			.valueStream()
			.filter((variable) -> variable.at("/type").stringValue().equals("query"))
			.map((variable) -> asQuery(variable.at("/query/query").stringValue()));
		return Stream.concat(panels, variables).toList();
	}

	/** The values of a label are those of a grouping by it. */
	private static String asQuery(String variable) {
		Matcher matcher = VARIABLE.matcher(variable);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("A variable has its values by label_values(…): " + variable);
		}
		return "count by (" + matcher.group("label") + ") (" + matcher.group("series") + ")";
	}

	/** The rules by their names. */
	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> alerts() {
		Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(read("prometheus-alerts.yml"));
		return ((List<Map<String, Object>>) file.get("groups")).stream()
			.flatMap((group) -> ((List<Map<String, Object>>) group.get("rules")).stream())
			.toList();
	}

	/** Those of the sections that explain what to do about an alert. */
	static List<String> runbookSections() {
		return read("README.md").lines()
			.filter((line) -> line.startsWith("### "))
			.map((line) -> line.substring(4))
			.toList();
	}

	private static String read(String file) {
		try {
			return Files.readString(FOLDER.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
