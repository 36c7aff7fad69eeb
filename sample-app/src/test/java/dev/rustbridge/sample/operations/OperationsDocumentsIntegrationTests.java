package dev.rustbridge.sample.operations;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.RustBridge;
import dev.rustbridge.sample.SampleApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and the alerts against what the sample application really exports.
 */
class OperationsDocumentsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static ConfigurableApplicationContext application;

	private static Scrape scrape;

	@BeforeAll
	static void scrape() {
		application = SpringApplication.run(SampleApplication.class, "--server.port=0",
				"--code-search.root=" + System.getProperty("rustbridge.test.root", ".."));
		WebClient client = WebClient.builder()
			// one for each request: Reactor Netty 1.3.7 may stop reading one that is kept
			// alive
			.clientConnector(new ReactorClientHttpConnector(HttpClient.newConnection()))
			.baseUrl("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
		client.get()
			.uri("/api/search?q=static&max=10")
			.accept(MediaType.APPLICATION_NDJSON)
			.retrieve()
			.bodyToMono(String.class)
			.block(LIMIT);
		RustBridge bridge = application.getBean("search", RustBridge.class);
		bridge.command("no-such-method").retrieveMono(String.class).onErrorComplete().block(LIMIT);
		bridge.command("stats").retrieveMono(String.class).subscribe().dispose();
		scrape = new Scrape(client.get().uri("/actuator/prometheus").retrieve().bodyToMono(String.class).block(LIMIT));
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void everyQueryOfTheDashboardFindsItsSeries() {
		List<String> queries = OperationsDocuments.dashboardQueries();
		assertThat(queries).hasSizeGreaterThan(20)
			.allSatisfy((query) -> assertThat(scrape.objections(query)).as(query).isEmpty());
	}

	@Test
	void everyQueryOfTheAlertsFindsItsSeries() {
		assertThat(OperationsDocuments.alerts()).isNotEmpty()
			.extracting((alert) -> alert.get("expr").toString())
			.allSatisfy((query) -> assertThat(scrape.objections(query)).as(query).isEmpty());
	}

	@Test
	void everyAlertSaysHowBadItIsAndIsExplained() {
		List<Map<String, Object>> alerts = OperationsDocuments.alerts();
		assertThat(alerts).allSatisfy((alert) -> {
			assertThat(alert.get("labels")).asString().containsPattern("severity=(critical|warning)");
			assertThat(alert.get("annotations")).asString().contains("summary=", "description=");
		});
		assertThat(OperationsDocuments.runbookSections())
			.containsAll(alerts.stream().map((alert) -> alert.get("alert").toString()).toList());
	}

}
