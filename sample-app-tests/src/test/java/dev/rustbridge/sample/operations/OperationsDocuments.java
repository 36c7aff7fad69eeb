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
 * What operators are given: the dashboard, the alert rules, and what to do about them.
 */
final class OperationsDocuments {

	private static final Path ROOT = Path.of(System.getProperty("rustbridge.test.root", ".."));

	private static final Path FOLDER = ROOT.resolve("docs/operations");

	static final Path ALERTS = FOLDER.resolve("prometheus-alerts.yml");

	/** The cases by which Prometheus' own tool tests the rules. */
	static final Path ALERT_TESTS = ROOT.resolve("sample-app-tests/src/test/prometheus/alerts-tests.yml");

	private static final Pattern VARIABLE = Pattern.compile("label_values\\((?<series>.*), (?<label>\\w+)\\)");

	private OperationsDocuments() {
	}

	static JsonNode dashboard() {
		return JsonMapper.shared().readTree(read(FOLDER.resolve("grafana-dashboard.json")));
	}

	/** Those of all panels, and of the variables above them. */
	static List<DashboardQuery> dashboardQueries() {
		JsonNode dashboard = dashboard();
		Stream<DashboardQuery> panels = dashboard.at("/panels")
			.valueStream()
			.flatMap((panel) -> panel.path("targets").valueStream().map((target) -> query(panel, target)));
		Stream<DashboardQuery> variables = dashboard.at("/templating/list")
			.valueStream()
			.filter((variable) -> variable.at("/type").stringValue().equals("query"))
			.map((variable) -> new DashboardQuery("$" + variable.at("/name").stringValue(),
					asQuery(variable.at("/query/query").stringValue()), ""));
		return Stream.concat(panels, variables).toList();
	}

	private static DashboardQuery query(JsonNode panel, JsonNode target) {
		return new DashboardQuery(panel.at("/title").stringValue(), target.at("/expr").stringValue(),
				target.at("/legendFormat").stringValue());
	}

	/** The values of a label are those of a grouping by it. */
	private static String asQuery(String variable) {
		Matcher matcher = VARIABLE.matcher(variable);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("A variable has its values by label_values(…): " + variable);
		}
		return "count by (" + matcher.group("label") + ") (" + matcher.group("series") + ")";
	}

	/** The rules. */
	static List<Map<String, Object>> alerts() {
		return objects(yaml(ALERTS).get("groups")).flatMap((group) -> objects(group.get("rules"))).toList();
	}

	/** What is expected of each alert in each case. */
	static List<Map<String, Object>> alertExpectations() {
		return objects(yaml(ALERT_TESTS).get("tests")).flatMap((test) -> objects(test.get("alert_rule_test"))).toList();
	}

	/** Those of the sections that explain what to do about an alert. */
	static List<String> runbookSections() {
		return read(FOLDER.resolve("README.md")).lines()
			.filter((line) -> line.startsWith("### "))
			.map((line) -> line.substring(4))
			.toList();
	}

	@SuppressWarnings("unchecked")
	private static Stream<Map<String, Object>> objects(Object list) {
		return ((List<Map<String, Object>>) list).stream();
	}

	private static Map<String, Object> yaml(Path file) {
		return new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A query of the dashboard.
	 *
	 * @param title of its panel
	 * @param text the query
	 * @param legend how its series are called
	 */
	record DashboardQuery(String title, String text, String legend) {

	}

}
