package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packed kit, as the author of a daemon runs it.
 */
class ConformanceJarIntegrationTests {

	@Test
	void aDaemonThatConformsGivesTheExitValueZero() throws Exception {
		Run run = run("--", Daemons.example("greeter"), "--management");
		assertThat(run.output()).contains("passed     ready", "0 failed", "name a method with --stream");
		assertThat(run.exitValue()).isZero();
	}

	@Test
	void aDaemonThatBreaksARuleGivesTheExitValueOne() throws Exception {
		Run run = run("--command", "raw", "--params", "{\"lines\":[\"ümläut\"]}", "--", Daemons.chaos());
		assertThat(run.output()).contains("FAILED     only-protocol", "← ümläut");
		assertThat(run.exitValue()).isEqualTo(1);
	}

	@Test
	void aCommandLineWithoutADaemonGivesTheExitValueTwo() throws Exception {
		assertThat(run().exitValue()).isEqualTo(2);
	}

	@Test
	void aScenarioForHostsIsPlayedOnStdio() {
		try (RustBridge bridge = RustBridge.builder("scenario")
			.binaryPath(java())
			.args("-jar", jar(), "host-scenario", "twice")
			.readyTimeout(Duration.ofSeconds(15))
			.build()) {
			bridge.start().block(Duration.ofSeconds(15));
			assertThat(bridge.command("twice").retrieveMono(Integer.class).block(Duration.ofSeconds(10))).isOne();
		}
	}

	@Test
	void theScenariosForHostsAreListed() throws Exception {
		Run text = run("host-scenarios");
		assertThat(text.exitValue()).isZero();
		assertThat(text.output()).contains("twice (classic)", "send twice {}: the result 1");
		Run json = run("host-scenarios", "--json");
		assertThat(JsonMapper.shared().readTree(json.output()).findValuesAsString("name")).contains("twice", "overrun");
	}

	@Test
	void aScenarioThatDoesNotExistGivesTheExitValueTwo() throws Exception {
		Run run = run("host-scenario", "nope");
		assertThat(run.exitValue()).isEqualTo(2);
		assertThat(run.output()).contains("there is no scenario nope");
	}

	private static Path java() {
		return Path.of(System.getProperty("java.home"), "bin", "java");
	}

	private static String jar() {
		return System.getProperty("rustbridge.test.conformance-jar");
	}

	private static Run run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						System.getProperty("rustbridge.test.conformance-jar")));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Run(process.waitFor(), output);
	}

	private record Run(int exitValue, String output) {

	}

}
