package dev.rustbridge.sample.operations;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.rustbridge.sample.SampleProcess;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Makes the application have something to tell: what its users do, and what can go wrong.
 */
final class SampleUse {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	/** More than the buffers of a connection hold. */
	private static final int LINES = 200_000;

	private final HttpClient client = HttpClient.newHttpClient();

	private final SampleProcess application;

	private final Path tree;

	SampleUse(SampleProcess application, Path tree) {
		this.application = application;
		this.tree = tree;
	}

	static void plant(Path tree) throws IOException {
		Files.writeString(tree.resolve("Haystack.java"), "int needle = 1; // and some more of it\n".repeat(LINES));
	}

	void everything() throws Exception {
		assertThat(get("api/search?q=needle&max=10").statusCode()).isEqualTo(200);
		assertThat(get("api/stats").statusCode()).isEqualTo(200);
		refuse();
		leave();
		changeAFile();
		killTheDaemon();
		callWhileItIsStopped();
		await().atMost(LIMIT).until(() -> scrape().contains("rustbridge_heartbeat_seconds_count{bridge=\"search\"}"));
	}

	private void refuse() throws Exception {
		assertThat(get("api/search?q=(").statusCode()).isBetween(400, 499);
	}

	/** In the middle of an answer. */
	private void leave() throws Exception {
		HttpRequest request = request("api/search?q=needle&max=" + LINES).build();
		try (InputStream body = this.client.send(request, BodyHandlers.ofInputStream()).body()) {
			assertThat(body.read()).isNotNegative();
		}
		await().atMost(LIMIT).until(() -> scrape().contains("outcome=\"cancelled\""));
	}

	private void changeAFile() {
		await().atMost(LIMIT).until(() -> {
			Files.writeString(this.tree.resolve("Changed.java"), "class Changed {\n}\n");
			return scrape().contains("event=\"fileChanged\"");
		});
	}

	/** And waits until there is another. */
	void killTheDaemon() throws Exception {
		long pid = pid();
		assertThat(ProcessHandle.of(pid)).get().satisfies(ProcessHandle::destroyForcibly);
		await().atMost(LIMIT).until(() -> pid() > 0 && pid() != pid);
	}

	/** That of a daemon that serves, else -1. */
	private long pid() throws Exception {
		HttpResponse<String> stats = get("api/stats");
		return (stats.statusCode() == 200) ? JsonMapper.shared().readTree(stats.body()).at("/pid").longValue() : -1;
	}

	private void callWhileItIsStopped() throws Exception {
		assertThat(post("actuator/bridges/search/stop").statusCode()).isEqualTo(200);
		assertThat(get("api/stats").statusCode()).isEqualTo(503);
		assertThat(post("actuator/bridges/search/start").statusCode()).isEqualTo(200);
	}

	String scrape() throws Exception {
		return get("actuator/prometheus").body();
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(request(path).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path) throws Exception {
		return this.client.send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.application.address() + path))
			.header("Accept", "application/x-ndjson, */*")
			.timeout(LIMIT);
	}

}
