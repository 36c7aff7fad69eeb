package dev.rustbridge.supervision;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BusyMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of a daemon when the JVM of its host ends.
 */
class HostEndIntegrationTests {

	private Process host;

	private long daemon;

	@AfterEach
	void end() throws InterruptedException {
		this.host.destroyForcibly().waitFor();
		ProcessHandle.of(this.daemon).ifPresent(ProcessHandle::destroyForcibly);
	}

	private BufferedReader launch(String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						"-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED",
						"-Drustbridge.test.daemons=" + System.getProperty("rustbridge.test.daemons"),
						HostProcess.class.getName()));
		command.addAll(List.of(args));
		this.host = new ProcessBuilder(command)
			.redirectError(new File((File.separatorChar == '/') ? "/dev/null" : "NUL"))
			.start();
		BufferedReader output = this.host.inputReader();
		this.daemon = Long.parseLong(awaitLine(output, "pid ").substring(4));
		return output;
	}

	private static String awaitLine(BufferedReader output, String beginning) throws IOException {
		String line = output.readLine();
		while (line != null && !line.startsWith(beginning)) {
			line = output.readLine();
		}
		assertThat(line).as("the host's word '%s'", beginning).isNotNull();
		return line;
	}

	@Test
	void whenTheHostIsKilledItsDaemonExits() throws Exception {
		launch();
		assertThat(Processes.isRunning(this.daemon)).isTrue();
		this.host.destroyForcibly().waitFor();
		await().atMost(BusyMachine.allows(Duration.ofSeconds(2))).until(() -> !Processes.isRunning(this.daemon));
	}

	@Test
	void aDaemonThatEndsDuringTheShutdownOfTheHostIsNotStartedAgain() throws Exception {
		BufferedReader output = launch();
		this.host.toHandle().destroy();
		awaitLine(output, "ending");
		ProcessHandle.of(this.daemon).ifPresent(ProcessHandle::destroy);
		List<String> rest = output.lines().toList();
		assertThat(this.host.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(rest).filteredOn((line) -> line.startsWith("states "))
			.singleElement()
			.asString()
			.containsOnlyOnce("STARTING")
			.endsWith("DRAINING, STOPPED]");
	}

}
