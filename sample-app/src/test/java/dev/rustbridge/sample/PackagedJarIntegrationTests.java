package dev.rustbridge.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The executable jar, started with what was generated ahead of time.
 */
class PackagedJarIntegrationTests {

	private static final Pattern ADDRESS = Pattern.compile("Code search is up: +(http://\\S+)");

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@Test
	void theJarRunsWithAotProcessing() throws Exception {
		Process application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dspring.aot.enabled=true", "-jar", System.getProperty("sample.jar"),
				"--server.port=0", "--code-search.root=" + Path.of("src").toAbsolutePath())
			.redirectErrorStream(true)
			.start();
		try {
			StringBuilder log = new StringBuilder();
			WebClient client = SampleClient.to(address(application, log));
			assertThat(log).contains("Starting AOT-processed SampleApplication");
			long daemon = client.get().uri("/api/stats").retrieve().bodyToMono(Stats.class).block(LIMIT).pid();
			String found = client.get()
				.uri("/api/search?q={pattern}", "theJarRunsWithAotProcessing")
				.accept(MediaType.APPLICATION_NDJSON)
				.retrieve()
				.bodyToMono(String.class)
				.block(LIMIT);
			assertThat(found).contains("\"path\":\"test/java/dev/rustbridge/sample/PackagedJarIntegrationTests.java\"");
			assertThat(ProcessHandle.of(daemon)).isPresent();
			application.destroy();
			assertThat(application.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			await().until(() -> ProcessHandle.of(daemon).isEmpty());
		}
		finally {
			application.destroyForcibly();
		}
	}

	/**
	 * Reads up to where the application says that it is up; what follows fits the pipe.
	 */
	private static String address(Process application, StringBuilder log) throws IOException {
		BufferedReader output = application.inputReader(StandardCharsets.UTF_8);
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			log.append(line).append('\n');
			Matcher matcher = ADDRESS.matcher(line);
			if (matcher.find()) {
				return matcher.group(1);
			}
		}
		throw new IllegalStateException("The application did not come up:\n" + log);
	}

}
