package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Daemons that keep to the protocol pass.
 */
class ConformingDaemonIntegrationTests {

	@Test
	void aDaemonThatCanDoAllPassesAll() {
		ConformanceReport report = ConformanceKit
			.run(Daemons.workbench(Daemons.quick(Daemons.example("workbench"))).build());
		report.assertPassed();
		assertThat(ids(report, Verdict.NOT_TRIED)).containsExactly("classic/second-host");
		assertThat(ids(report, Verdict.NOT_ANNOUNCED)).isEmpty();
	}

	@Test
	void aDaemonOnASocketPassesAllButWhatNeedsItsProcess(@TempDir Path folder) throws IOException {
		Path socket = folder.resolve("daemon.sock");
		Process daemon = new ProcessBuilder(Daemons.example("workbench"), "--socket", socket.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			Awaitility.await().until(() -> Files.exists(socket));
			ConformanceReport report = ConformanceKit
				.run(Daemons.workbench(ConformanceOptions.socket(socket).quietTime(Daemons.QUIET)).build());
			report.assertPassed();
			assertThat(ids(report, Verdict.NOT_TRIED)).containsExactlyInAnyOrder("classic/end-of-input",
					"classic/sigterm");
		}
		finally {
			daemon.destroyForcibly();
		}
	}

	@Test
	void aClassicDaemonPassesWhatIsClassic() {
		ConformanceReport report = ConformanceKit.run(Daemons.quick(Daemons.chaos(), "--management")
			.method(MethodRole.ECHO, "echo", "{}")
			.method(MethodRole.COMMAND, "void", "{}")
			.method(MethodRole.STREAM, "stream", "{}")
			.method(MethodRole.FAIL, "fail", "{}")
			.build());
		report.assertPassed();
		assertThat(report.results(Verdict.PASSED)).hasSizeGreaterThan(20)
			.allSatisfy((result) -> assertThat(result.group()).isEqualTo(Check.CLASSIC));
		assertThat(report.toString())
			.contains("not announced: hello, cancel, deadline, trace, errors, credit, calls, upload, bytes, methods");
	}

	@Test
	void whatADaemonSaysBeforeItIsReadyIsTolerated() {
		ConformanceKit
			.run(ConformanceOptions
				.command(Daemons.chaos(), "--before-ready", "starting up…", "--before-ready", "{\"event\":\"loading\"}")
				.build())
			.assertPassed();
	}

	@Test
	void anInOrderDaemonPasses() {
		ConformanceKit
			.run(Daemons.quick(Daemons.chaos(), "--in-order").method(MethodRole.STREAM, "stream", "{}").build())
			.assertPassed();
	}

	@Test
	void aReadyEventOfAnotherNameIsFound() {
		ConformanceKit
			.run(Daemons.quick(Daemons.chaos(), "--ready-event", "up")
				.readyEvent("up")
				.timeout(Duration.ofSeconds(10))
				.build())
			.assertPassed();
	}

	@ParameterizedTest
	@MethodSource
	void daemonsOfTheSdkPass(ConformanceOptions.Builder daemon) {
		ConformanceReport report = ConformanceKit.run(daemon.build());
		report.assertPassed();
		assertThat(ids(report, Verdict.NOT_ANNOUNCED)).isEmpty();
	}

	static Stream<Arguments> daemonsOfTheSdkPass() {
		return Stream.of(
				arguments(Daemons.quick(Daemons.codeSearch(), "--management")
					.method(MethodRole.COMMAND, "stats", "{}")
					.method(MethodRole.FAIL, "search", "{\"pattern\":\"(\"}")),
				arguments(Daemons.quick(Daemons.example("greeter"))
					.method(MethodRole.COMMAND, "greet", "{\"name\":\"Ada\"}")
					.method(MethodRole.FAIL, "greet", "{}")),
				arguments(Daemons.quick(Daemons.example("countdown"))
					.method(MethodRole.STREAM, "squares", "10")
					.method(MethodRole.SLOW, "countdown", "{\"from\":1,\"intervalMs\":600000}")),
				arguments(Daemons.quick(Daemons.example("ticker")).method(MethodRole.COMMAND, "start", "1")),
				arguments(Daemons.quick(Daemons.example("gatekeeper"))
					.method(MethodRole.CALLING, "open", "{\"door\":\"front\",\"user\":\"ada\"}")
					.hostResult("{\"allowed\":true}")),
				arguments(Daemons.quick(Daemons.example("checksum"))
					.method(MethodRole.DOWNLOAD, "noise", "100000")
					.method(MethodRole.UPLOAD_BYTES, "checksum", "{\"limit\":1000000}")));
	}

	private static Set<String> ids(ConformanceReport report, Verdict verdict) {
		return report.results(verdict).stream().map(CheckResult::id).collect(Collectors.toSet());
	}

}
