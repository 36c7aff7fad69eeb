package dev.rustbridge.sample.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.rustbridge.sample.SampleProcess;
import dev.rustbridge.sample.operations.OperationsDocuments.DashboardQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard and the alerts against what the sample application really exports.
 */
class OperationsDocumentsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@TempDir
	private static Path folder;

	private static SampleProcess application;

	private static SampleUse use;

	@BeforeAll
	static void useTheApplication() throws Exception {
		Path tree = Files.createDirectory(folder.resolve("tree"));
		SampleUse.plant(tree);
		application = SampleProcess.start(tree, "--management.endpoint.bridges.access=unrestricted",
				// more of it in less time
				"--rustbridge.bridges.search.heartbeat.interval=50ms",
				"--rustbridge.bridges.search.reconnect.max-delay=100ms");
		use = new SampleUse(application, tree);
		use.everything();
	}

	@AfterAll
	static void stop() throws Exception {
		if (application != null) {
			application.close();
		}
	}

	private static List<String> alertQueries() {
		return OperationsDocuments.alerts().stream().map((alert) -> alert.get("expr").toString()).toList();
	}

	/**
	 * As a parser of our own reads the queries: everywhere, and down to the last value of
	 * a label.
	 */
	@Nested
	class ByTheScrape {

		@Test
		void everyQueryOfTheDashboardFindsItsSeries() throws Exception {
			Scrape scrape = new Scrape(use.scrape());
			assertThat(OperationsDocuments.dashboardQueries()).hasSizeGreaterThan(20)
				.allSatisfy((query) -> assertThat(scrape.objections(query.text())).as(query.title()).isEmpty());
		}

		@Test
		void everyQueryOfTheAlertsFindsItsSeries() throws Exception {
			Scrape scrape = new Scrape(use.scrape());
			assertThat(alertQueries()).isNotEmpty()
				.allSatisfy((query) -> assertThat(scrape.objections(query)).as(query).isEmpty());
		}

	}

	/**
	 * As Prometheus itself evaluates them, where there is one.
	 */
	@Nested
	class ByPrometheus {

		private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

		/** Before a mere number. */
		private static final Pattern THRESHOLD = Pattern.compile("([=!<>]=|[<>]) (?=[\\d.]+)");

		private static PrometheusServer prometheus;

		@BeforeAll
		static void scrape() throws Exception {
			String target = application.address().replaceAll("http://|/$", "").replace("localhost", "127.0.0.1");
			prometheus = PrometheusServer.start(Files.createDirectory(folder.resolve("prometheus")), target);
			// a rate needs two
			await().atMost(LIMIT)
				.until(() -> !prometheus.query("count_over_time(rustbridge_state{state=\"ready\"}[1m]) > 3").isEmpty());
		}

		@AfterAll
		static void stop() throws Exception {
			if (prometheus != null) {
				prometheus.close();
			}
		}

		/** With what an operator has chosen above the panels. */
		private static String chosen(String query) {
			return query.replace("$__rate_interval", "1m")
				.replace("$job", PrometheusServer.JOB)
				.replace("$instance", ".*")
				.replace("$bridge", ".*");
		}

		@Test
		void everyQueryOfTheDashboardGivesSeriesThatHaveTheLabelsOfTheirLegend() {
			for (DashboardQuery query : OperationsDocuments.dashboardQueries()) {
				List<JsonNode> series = prometheus.query(chosen(query.text()));
				assertThat(series).as(query.toString()).isNotEmpty();
				List<String> labels = LEGEND.matcher(query.legend())
					.results()
					.map((MatchResult match) -> match.group(1))
					.toList();
				assertThat(series).as(query.toString())
					.allSatisfy((one) -> assertThat(one.at("/metric").propertyNames()).containsAll(labels));
			}
		}

		@Test
		void ourMetersAreNamedAndDescribedAsPrometheusWantsThem() throws Exception {
			// those of Spring Boot are not ours to name
			String ours = use.scrape()
				.lines()
				.filter((line) -> line.matches("(# \\w+ )?rustbridge_.*"))
				.map((line) -> line + "\n")
				.collect(Collectors.joining());
			assertThat(ours).contains("rustbridge_commands_seconds_count");
			PrometheusTools.runOn(ours, "promtool", "check", "metrics");
		}

		@Test
		void everyAlertIsEvaluatedWithoutAnError() {
			await().atMost(LIMIT)
				.untilAsserted(() -> assertThat(prometheus.rules()).hasSameSizeAs(OperationsDocuments.alerts())
					.allSatisfy((rule) -> assertThat(rule.at("/health").stringValue()).isEqualTo("ok")));
		}

		@Test
		void everyAlertComparesSeriesThatAreThere() {
			for (String query : alertQueries()) {
				// tells how the comparison ends, instead of leaving out what it is not
				// true of
				String compared = THRESHOLD.matcher(query).replaceAll("$1 bool ");
				assertThat(compared).isNotEqualTo(query);
				assertThat(prometheus.query(compared)).as(compared).isNotEmpty();
			}
		}

		@Test
		void aCrashLoopRaisesItsAlert() throws Exception {
			for (int crash = 0; crash < 6; crash++) {
				use.killTheDaemon();
			}
			await().atMost(LIMIT)
				.untilAsserted(() -> assertThat(
						prometheus.query("ALERTS{alertname=\"RustBridgeCrashLoop\", alertstate=\"firing\"}"))
					.singleElement()
					.satisfies((alert) -> assertThat(alert.at("/metric/bridge").stringValue()).isEqualTo("search")));
		}

	}

}
