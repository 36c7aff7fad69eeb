package dev.rustbridge.sample.operations;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether Grafana can do with the dashboard what it should: nothing in it points to what
 * is not there.
 */
class DashboardTests {

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");

	private static final int COLUMNS = 24;

	private final JsonNode dashboard = OperationsDocuments.dashboard();

	private List<JsonNode> panels() {
		return this.dashboard.at("/panels").valueStream().toList();
	}

	private Stream<JsonNode> panelsWithData() {
		return panels().stream().filter((panel) -> !panel.at("/type").stringValue().equals("row"));
	}

	private Stream<JsonNode> variables() {
		return this.dashboard.at("/templating/list").valueStream();
	}

	@Test
	void itCanBeImportedWhereverItIsUnknown() {
		assertThat(this.dashboard.at("/uid").stringValue()).isNotBlank();
		assertThat(this.dashboard.at("/title").stringValue()).isNotBlank();
		assertThat(this.dashboard.at("/schemaVersion").intValue()).isPositive();
		// one that is set would overwrite whatever has that number there
		assertThat(this.dashboard.has("id")).isFalse();
	}

	@Test
	void allDataComesFromTheSourceThatIsChosenAboveIt() {
		assertThat(variables().filter((variable) -> variable.at("/type").stringValue().equals("datasource")))
			.singleElement()
			.satisfies((variable) -> {
				assertThat(variable.at("/name").stringValue()).isEqualTo("datasource");
				assertThat(variable.at("/query").stringValue()).isEqualTo("prometheus");
			});
		Stream<JsonNode> askers = Stream
			.of(panelsWithData(), panelsWithData().flatMap((panel) -> panel.at("/targets").valueStream()),
					variables().filter((variable) -> variable.at("/type").stringValue().equals("query")))
			.flatMap((some) -> some);
		assertThat(askers).isNotEmpty().allSatisfy((asker) -> {
			assertThat(asker.at("/datasource/type").stringValue()).isEqualTo("prometheus");
			assertThat(asker.at("/datasource/uid").stringValue()).isEqualTo("${datasource}");
		});
	}

	@Test
	void everyVariableIsDefinedAndUsed() {
		Set<String> defined = variables().map((variable) -> variable.at("/name").stringValue())
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> used = VARIABLE.matcher(this.dashboard.toString())
			.results()
			.map((match) -> match.group(1))
			// those are Grafana's own
			.filter((name) -> !name.startsWith("__"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(used).isEqualTo(defined);
	}

	@Test
	void aVariableIsAskedForOnlyAfterThoseThatItDependsOn() {
		Set<String> before = new HashSet<>();
		variables().forEach((variable) -> {
			assertThat(VARIABLE.matcher(variable.at("/query").toString())
				.results()
				.map((MatchResult match) -> match.group(1))).isSubsetOf(before);
			before.add(variable.at("/name").stringValue());
		});
	}

	@Test
	void panelsAndTheirQueriesHaveIdsOfTheirOwn() {
		assertThat(panels()).extracting((panel) -> panel.at("/id").intValue()).doesNotHaveDuplicates();
		assertThat(panelsWithData()).allSatisfy((panel) -> assertThat(
				panel.at("/targets").valueStream().map((target) -> target.at("/refId").stringValue()))
			.isNotEmpty()
			.doesNotHaveDuplicates());
	}

	@Test
	void everyPanelSaysWhatItShowsAndInWhichUnit() {
		assertThat(panelsWithData()).allSatisfy((panel) -> {
			assertThat(panel.at("/title").stringValue()).isNotBlank();
			assertThat(panel.at("/fieldConfig/defaults/unit").stringValue()).isNotBlank();
		});
	}

	@Test
	void noPanelLiesOnAnother() {
		Set<String> taken = new HashSet<>();
		for (JsonNode panel : panels()) {
			JsonNode place = panel.at("/gridPos");
			assertThat(place.at("/x").intValue() + place.at("/w").intValue()).isLessThanOrEqualTo(COLUMNS);
			for (int x = 0; x < place.at("/w").intValue(); x++) {
				for (int y = 0; y < place.at("/h").intValue(); y++) {
					String cell = (place.at("/x").intValue() + x) + "," + (place.at("/y").intValue() + y);
					assertThat(taken.add(cell)).as("%s at %s", panel.at("/title"), cell).isTrue();
				}
			}
		}
	}

}
