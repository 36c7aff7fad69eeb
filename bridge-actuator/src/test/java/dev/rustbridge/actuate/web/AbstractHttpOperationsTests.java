package dev.rustbridge.actuate.web;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator sees and does over HTTP, whichever server there is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpOperationsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String SEARCH = "/components/rustbridge/components/search";

	/**
	 * A connection for each request: Reactor Netty 1.3.7 may stop reading one that is
	 * kept alive, when the next request overtakes the end of the last.
	 */
	private final WebClient client = WebClient.builder()
		.clientConnector(new ReactorClientHttpConnector(HttpClient.newConnection()))
		.build();

	private final JsonMapper mapper = JsonMapper.shared();

	private final WebApplicationType type;

	private ConfigurableApplicationContext context;

	AbstractHttpOperationsTests(WebApplicationType type) {
		this.type = type;
	}

	@BeforeAll
	void start() {
		this.context = OperatedApplication.run(this.type, "management.endpoint.bridges.access=unrestricted");
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	private Answer send(HttpMethod method, String path) {
		String address = "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port");
		return this.client.method(method)
			.uri(address + "/actuator/" + path)
			.exchangeToMono((response) -> response.bodyToMono(String.class)
				.map((body) -> new Answer(response.statusCode().value(), this.mapper.readTree(body)))
				.defaultIfEmpty(new Answer(response.statusCode().value(), this.mapper.missingNode())))
			.block(LIMIT);
	}

	private Answer get(String path) {
		return send(HttpMethod.GET, path);
	}

	private Answer post(String path) {
		return send(HttpMethod.POST, path);
	}

	@Test
	void theHealthTellsWhatAnOperatorNeedsToKnowOfABridge() {
		await().until(() -> get("health").at(SEARCH + "/details").has("heartbeat"));
		JsonNode search = get("health").at(SEARCH);
		assertThat(search.at("/status").stringValue()).isEqualTo("UP");
		JsonNode details = search.at("/details");
		assertThat(Stream
			.of("state", "since", "transport", "pid", "version", "generation", "restarts", "heartbeat", "stderr")
			.filter((name) -> !details.has(name))).isEmpty();
		assertThat(details.at("/stderr/0").stringValue()).isEqualTo("warming up");
	}

	@Test
	void anOptionalBridgeThatDoesNotWorkLeavesTheApplicationUp() {
		await().until(() -> get("health").at("/components/rustbridge/components/spare/details").has("lastError"));
		Answer health = get("health");
		assertThat(health.status()).isEqualTo(200);
		assertThat(health.at("/status").stringValue()).isEqualTo("UP");
		assertThat(health.at("/components/rustbridge/components/spare/status").stringValue()).isEqualTo("DEGRADED");
	}

	@Test
	void aLazyBridgeIsUnknown() {
		assertThat(get("health/rustbridge/later").at("/status").stringValue()).isEqualTo("UNKNOWN");
	}

	@Test
	void aGroupMayHangOnOneBridge() {
		assertThat(get("health/readiness").status()).isEqualTo(200);
		assertThat(post("bridges/search/stop").status()).isEqualTo(200);
		assertThat(get("health/readiness").status()).isEqualTo(503);
		assertThat(get("health/liveness").status()).isEqualTo(200);
		assertThat(post("bridges/search/start").status()).isEqualTo(200);
		assertThat(get("health/readiness").status()).isEqualTo(200);
	}

	@Test
	void detailsStayAwayWhereTheyMayNotBeShown() {
		Answer health = get("health/discreet");
		assertThat(health.at("/status").stringValue()).isEqualTo("UP");
		assertThat(health.body().toString()).doesNotContain("warming up", "pid");
	}

	@Test
	void allBridgesAreTold() {
		assertThat(get("bridges").at("/bridges").propertyNames()).containsExactlyInAnyOrder("search", "spare", "later");
	}

	@Test
	void oneBridgeIsToldInFull() {
		JsonNode search = get("bridges/search").body();
		assertThat(search.propertyNames()).containsExactlyInAnyOrder("state", "inFlight", "waiting", "stopped",
				"instances", "latency", "history", "errors", "configuration");
		assertThat(search.at("/instances/0/process").propertyNames()).containsExactlyInAnyOrder("cpuTime",
				"residentBytes", "threads", "descriptors");
		assertThat(search.at("/history/0/to").stringValue()).isEqualTo("STARTING");
		assertThat(search.at("/history/0").propertyNames()).doesNotContain("cause", "retryIn");
	}

	@Test
	void secretsStayAwayFromThoseWhoAreNotAuthorized() {
		assertThat(get("bridges/search").at("/configuration/environment/API_TOKEN").stringValue()).isEqualTo("******");
	}

	@Test
	void anUnknownBridgeIsNotFound() {
		for (Answer answer : List.of(get("bridges/nobody"), get("bridges/nobody/frames"),
				post("bridges/nobody/restart"))) {
			assertThat(answer.status()).isEqualTo(404);
			assertThat(answer.at("/error").stringValue()).startsWith("There is no bridge 'nobody'; there are: ")
				.contains("search", "spare", "later");
		}
	}

	@Test
	void anUnknownActionIsABadRequest() {
		Answer answer = post("bridges/search/explode");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.at("/error").stringValue())
			.isEqualTo("There is no action 'explode'; there are: start, stop, restart");
	}

	@Test
	void anUnknownViewIsABadRequest() {
		Answer answer = get("bridges/search/secrets");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.at("/error").stringValue()).isEqualTo("There is no view 'secrets'; there are: frames");
	}

	@Test
	void whatCannotBeDoneSaysWhy() {
		Answer answer = post("bridges/spare/start");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.at("/error").stringValue()).contains("/nowhere/spare");
	}

	@Test
	void aRestartReplacesTheDaemon() {
		long generation = get("bridges/search").at("/instances/0/generation").asLong();
		assertThat(post("bridges/search/restart").at("/instances/0/generation").asLong()).isEqualTo(generation + 1);
	}

	@Test
	void theInfoTellsTheVersionsOfDaemons() {
		assertThat(get("info").at("/rustbridge").propertyNames()).containsExactly("search");
		assertThat(get("info").at("/rustbridge/search/version").stringValue())
			.isEqualTo(get("bridges/search").at("/instances/0/version").stringValue());
	}

	record Answer(int status, JsonNode body) {

		JsonNode at(String pointer) {
			return this.body.at(pointer);
		}

	}

}
