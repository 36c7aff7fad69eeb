package dev.rustbridge.test.conformance;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Daemons that break a rule fail the check of that rule, and are told what to do.
 */
class BrokenDaemonIntegrationTests {

	private static final String[] CAPABILITIES = { "cancel", "credit", "deadline", "trace", "errors", "calls", "upload",
			"bytes" };

	@ParameterizedTest(name = "{0}: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			twice    | {}                                             | classic/answers-once
			stranger | {}                                             | classic/own-ids
			ignore   | {}                                             | classic/command
			raw      | {"lines":["DEBUG: oops"]}                      | classic/only-protocol
			raw      | {"lines":["{\\"id\\":7,\\"success\\":true}"]}      | classic/only-protocol
			raw      | {"lines":["{\\"id\\":\\"d\\",\\"method\\":\\"m\\"}"]}  | classic/only-agreed
			fail     | {}                                             | classic/command
			""")
	void aCommandThatBreaksARuleIsFound(String method, String params, String failed) {
		List<String> expected = Arrays.asList(failed.split(", "));
		ConformanceReport report = ConformanceKit.run(Daemons.quick(Daemons.chaos())
			.method(MethodRole.COMMAND, method, params)
			.timeout(method.equals("ignore") ? Duration.ofSeconds(2) : Duration.ofSeconds(5))
			.build());
		assertThat(failures(report)).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void aDaemonThatIgnoresTheEndOfItsInputIsFound() {
		ConformanceReport report = ConformanceKit
			.run(Daemons.quick(Daemons.chaos(), "--ignore-stdin-end").drainTime(Duration.ofSeconds(1)).build());
		assertThat(failures(report)).containsExactly("classic/end-of-input");
	}

	@Test
	void aDaemonThatIgnoresSigtermIsFound() {
		ConformanceReport report = ConformanceKit
			.run(Daemons.quick(Daemons.chaos(), "--ignore-sigterm").drainTime(Duration.ofSeconds(1)).build());
		assertThat(failures(report)).containsExactly("classic/sigterm");
	}

	@Test
	void aDaemonThatIsNeverReadyFailsEverythingAndSaysWhy() {
		ConformanceReport report = ConformanceKit
			.run(Daemons.quick(Daemons.chaos(), "--die-at", "start", "--stderr", "no such config").build());
		assertThat(report.results(Verdict.PASSED)).isEmpty();
		assertThat(report.failures().get(0).id()).isEqualTo("classic/ready");
		assertThat(report.failures().get(0).observed()).contains("the daemon ended its output", "no such config");
	}

	@Test
	void aDaemonThatDiesOfACommandIsFound() {
		ConformanceReport report = ConformanceKit.run(Daemons.quick(Daemons.chaos(), "--die-at", "2").build());
		assertThat(failures(report)).contains("classic/many-at-once", "classic/ids")
			.doesNotContain("classic/ready", "classic/unknown-method");
	}

	@Test
	void aDaemonThatAnnouncesWhatItCanNotDoIsFound() {
		String capabilities = "[\"" + String.join("\",\"", CAPABILITIES) + "\"]";
		ConformanceReport report = ConformanceKit.run(Daemons
			.quick(Daemons.chaos(), "--greet", "--ready-data",
					"{\"rustbridge\":{\"protocol\":1,\"capabilities\":" + capabilities + "}}")
			.method(MethodRole.STREAM, "stream", "{}")
			.method(MethodRole.SLOW, "sleep", "{\"ms\":600000}")
			.method(MethodRole.UPLOAD, "void", "{}")
			.method(MethodRole.CALLING, "void", "{}")
			.timeout(Duration.ofMillis(1500))
			.drainTime(Duration.ofSeconds(1))
			.build());
		assertThat(failures(report)).containsExactlyInAnyOrder("hello/no-wait", "cancel/running",
				"errors/unknown-method", "credit/exact", "credit/others", "calls/answered", "calls/refused",
				"calls/own-ids", "upload/items", "bytes/unknown", "bytes/bad-count", "bytes/no-newline",
				"classic/own-ids");
	}

	@Test
	void aDaemonThatDoesNotTakeHelloIsFound() {
		ConformanceReport report = ConformanceKit
			.run(Daemons.quick(Daemons.chaos(), "--ready-data", "{\"rustbridge\":{\"protocol\":0,\"capabilities\":[]}}")
				.build());
		assertThat(failures(report)).containsExactly("hello/block", "hello/greeting", "hello/no-wait",
				"hello/unknown-names");
	}

	@Test
	void aFailureTellsWhatWasExpectedAndSentAndWhatToDo() {
		ConformanceReport report = ConformanceKit
			.run(Daemons.quick(Daemons.chaos()).method(MethodRole.COMMAND, "twice", "{}").build());
		assertThatExceptionOfType(AssertionError.class).isThrownBy(report::assertPassed)
			.withMessageContaining("FAILED     answers-once")
			.withMessageContaining("\"result\":\"second\"}: a second answer to a command")
			.withMessageContaining("to do     forget a command once it was answered");
	}

	private static List<String> failures(ConformanceReport report) {
		return report.failures().stream().map(CheckResult::id).toList();
	}

}
