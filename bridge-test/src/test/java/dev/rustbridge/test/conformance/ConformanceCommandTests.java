package dev.rustbridge.test.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command line: what it says when it can't check anything.
 */
class ConformanceCommandTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--timeout 3                  | no daemon: add -- and its command, or --socket PATH
			./daemon                     | unknown option ./daemon; the daemon's command follows --
			--nope                       | unknown option --nope
			--echo                       | --echo needs a value
			--params {}                  | --params belongs behind the option that names its method
			--timeout soon -- ./daemon   | --timeout needs a number of seconds, and got soon
			--timeout 0 -- ./daemon      | the timeout has to be positive, and is PT0S
			--echo e --params x -- ./d   | the parameters of e are not JSON: x
			--socket /s -- ./daemon      | --socket is for a daemon that runs already
			""")
	void whatMeansNothingIsToldAndRefused(String arguments, String message) {
		assertThat(run(arguments.split(" "))).isEqualTo(ConformanceCommand.UNUSABLE);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith(message).contains("--help tells the options");
	}

	@Test
	void aDaemonThatCanNotBeStartedIsNamed() {
		assertThat(run("--", "/no/such/daemon")).isEqualTo(ConformanceCommand.UNUSABLE);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("/no/such/daemon", "No such file");
	}

	@Test
	void aSocketThatIsMissingIsNamed() {
		assertThat(run("--socket", "/no/such.sock")).isEqualTo(ConformanceCommand.UNUSABLE);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("/no/such.sock");
	}

	@Test
	void helpTellsAnOptionForEachRole() {
		assertThat(run("--help")).isEqualTo(ConformanceCommand.CONFORMS);
		for (MethodRole role : MethodRole.values()) {
			assertThat(this.out.toString(StandardCharsets.UTF_8)).contains(role.option() + " METHOD");
		}
	}

	@Test
	void theListNamesEachCheckOnce() {
		assertThat(run("--list")).isEqualTo(ConformanceCommand.CONFORMS);
		List<String> ids = this.out.toString(StandardCharsets.UTF_8).lines().map((line) -> line.split(" ")[0]).toList();
		assertThat(ids).contains("classic/ready", "credit/exact").doesNotHaveDuplicates();
	}

	private int run(String... arguments) {
		return new ConformanceCommand(stream(this.out), stream(this.err)).run(List.of(arguments));
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
