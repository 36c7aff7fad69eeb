package dev.rustbridge.sample.operations;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import dev.rustbridge.sample.ServerProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus of a test's own, which scrapes one application several times a second, and
 * watches over the alert rules.
 */
final class PrometheusServer implements AutoCloseable {

	/** How it names the application. */
	static final String JOB = "code-search";

	private static final Pattern ANNOUNCEMENT = Pattern.compile("msg=\"Listening on\" address=(\\S+)");

	private final HttpClient client = HttpClient.newHttpClient();

	private final ServerProcess server;

	private PrometheusServer(ServerProcess server) {
		this.server = server;
	}

	/**
	 * Starts it.
	 * @param folder where its files go
	 * @param target host and port of the application
	 */
	static PrometheusServer start(Path folder, String target) throws Exception {
		Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
				global:
				  scrape_interval: 200ms
				  scrape_timeout: 200ms
				  evaluation_interval: 200ms
				rule_files: [ "%s" ]
				scrape_configs:
				  - job_name: %s
				    metrics_path: /actuator/prometheus
				    static_configs: [ targets: [ "%s" ] ]
				""".formatted(OperationsDocuments.ALERTS.toAbsolutePath(), JOB, target));
		List<String> command = List.of(PrometheusTools.find("prometheus").toString(), "--config.file=" + configuration,
				"--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:0");
		return new PrometheusServer(ServerProcess.start(ANNOUNCEMENT, command));
	}

	/**
	 * Evaluates a query for the present moment.
	 * @return the series
	 * @throws IllegalArgumentException when it is no valid query, with what is wrong
	 */
	List<JsonNode> query(String text) {
		return get("query?query=" + URLEncoder.encode(text, StandardCharsets.UTF_8)).at("/result")
			.valueStream()
			.toList();
	}

	/** The rules as they are being evaluated. */
	List<JsonNode> rules() {
		return get("rules").at("/groups").valueStream().flatMap((group) -> group.at("/rules").valueStream()).toList();
	}

	private JsonNode get(String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + this.server.address() + "/api/v1/" + path))
			.build();
		try {
			JsonNode answer = JsonMapper.shared().readTree(this.client.send(request, BodyHandlers.ofString()).body());
			if (!answer.at("/status").stringValue().equals("success")) {
				throw new IllegalArgumentException(answer.at("/error").stringValue());
			}
			return answer.at("/data");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws Exception {
		this.server.close();
	}

}
