package dev.rustbridge.sample;

import java.time.Duration;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.awaitility.Awaitility.await;

/**
 * Calls the application over HTTP, and kills its daemon.
 */
@TestComponent
class SampleClient {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * A connection for each request: Reactor Netty 1.3.7 may stop reading one that is
	 * kept alive, when the next request overtakes the end of the last.
	 */
	private static final ClientHttpConnector CONNECTOR = new ReactorClientHttpConnector(HttpClient.newConnection());

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Environment environment;

	SampleClient(Environment environment) {
		this.environment = environment;
	}

	private String address() {
		return "http://127.0.0.1:" + this.environment.getRequiredProperty("local.server.port");
	}

	static WebClient to(String address) {
		return WebClient.builder().baseUrl(address).clientConnector(CONNECTOR).build();
	}

	ResponseSpec get(MediaType accept, String uri, Object... variables) {
		return WebTestClient.bindToServer(CONNECTOR)
			.baseUrl(address())
			.responseTimeout(PATIENCE)
			.build()
			.get()
			.uri(uri, variables)
			.accept(accept)
			.exchange();
	}

	/** The events of a stream, as they come. */
	Flux<Event> events(String uri, Object... variables) {
		return get(MediaType.TEXT_EVENT_STREAM, uri, variables).expectStatus()
			.isOk()
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.getResponseBody()
			.filter((event) -> event.data() != null)
			.map((event) -> new Event(String.valueOf(event.event()), this.mapper.readTree(event.data())));
	}

	/** The lines of an answer to a search. */
	Flux<JsonNode> lines(String uri, Object... variables) {
		return get(MediaType.APPLICATION_NDJSON, uri, variables).expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_NDJSON)
			.returnResult(String.class)
			.getResponseBody()
			.map(this.mapper::readTree);
	}

	Stats stats() {
		return get(MediaType.APPLICATION_JSON, "/api/stats").expectStatus()
			.isOk()
			.expectBody(Stats.class)
			.returnResult()
			.getResponseBody();
	}

	/** Waits until the daemon answers and no search runs in it. */
	Stats awaitIdle() {
		WebClient polling = to(address());
		return await().atMost(PATIENCE)
			.ignoreExceptionsInstanceOf(WebClientResponseException.class)
			.until(() -> polling.get().uri("/api/stats").retrieve().bodyToMono(Stats.class).block(),
					(stats) -> stats.running() == 0);
	}

	/** Kills the daemon as {@code kill -9} does. */
	static void kill(long pid) {
		if (!ProcessHandle.of(pid).orElseThrow().destroyForcibly()) {
			throw new IllegalStateException("There is no process " + pid + " to kill");
		}
	}

	static void signal(long pid, String signal) {
		try {
			int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
			if (exit != 0) {
				throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + exit);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	<T> Function<Event, T> as(Class<T> type) {
		return (event) -> this.mapper.treeToValue(event.data(), type);
	}

	record Event(String name, JsonNode data) {

		boolean is(String name) {
			return this.name.equals(name);
		}

	}

}
