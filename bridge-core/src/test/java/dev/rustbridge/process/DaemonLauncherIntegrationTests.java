package dev.rustbridge.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BusyMachine;
import dev.rustbridge.transport.IoLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class DaemonLauncherIntegrationTests {

	@TempDir
	Path folder;

	private static BridgeStartException failure(TestDaemons.Options options) {
		return assertThatExceptionOfType(BridgeStartException.class).isThrownBy(() -> Host.launch(options).close())
			.actual();
	}

	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void aDaemonIsLaunchedAndAnswers(StdioMode mode) throws Exception {
		try (Host host = Host.ready(TestDaemons.options().stdio(mode))) {
			assertThat(host.link().kind()).isEqualTo((mode == StdioMode.AUTO) ? "stdio" : "pipe");
			assertThat(host.call("echo", "{\"a\":1}")).contains("\"result\":{\"a\":1}");
			assertThat(host.call("pid", "{}")).contains("\"pid\":" + host.daemon().pid() + "}");
		}
	}

	@Test
	void argumentsArriveAsTheyAre() throws Exception {
		try (Host host = Host.ready(TestDaemons.options().args("--management", "--stderr", "a b; $HOME \"c\" *"))) {
			assertThat(host.call("arguments", "{}"))
				.contains("[\"--management\",\"--stderr\",\"a b; $HOME \\\"c\\\" *\"]");
		}
	}

	@Test
	void theEnvironmentIsInheritedAndAddedTo() throws Exception {
		try (Host host = Host.ready(TestDaemons.options().environment(Map.of("CHAOS", "yes")))) {
			String answer = host.call("environment", "{}");

			assertThat(answer).contains("\"CHAOS\":\"yes\"");
			System.getenv().keySet().forEach((name) -> assertThat(answer).contains('"' + name + '"'));
		}
	}

	@Test
	void withoutInheritanceOnlyTheDocumentedVariablesPass() throws Exception {
		TestDaemons.Options options = TestDaemons.options().inherit(false).environment(Map.of("CHAOS", "yes"));
		try (Host host = Host.ready(options)) {
			String answer = host.call("environment", "{}");

			assertThat(answer.replaceAll("^.*\"result\":\\{|\\}\\}$", "").split("\",\"")).allMatch(
					(entry) -> entry.matches("\"?(PATH|HOME|USER|LANG|LC_ALL|TZ|TMPDIR|RUSTBRIDGE_LAUNCH|CHAOS)\".*"));
			assertThat(answer).contains("\"CHAOS\"").contains("\"PATH\"");
		}
	}

	@Test
	void theWorkingDirectoryIsUsed() throws Exception {
		try (Host host = Host.ready(TestDaemons.options().directory(this.folder))) {
			assertThat(host.call("workingDirectory", "{}")).contains(this.folder.toRealPath().toString());
		}
	}

	@Test
	void aWorkingDirectoryThatIsMissingIsNamed() {
		assertThat(failure(TestDaemons.options().directory(this.folder.resolve("none"))))
			.hasMessageContaining("'working-directory'")
			.hasMessageContaining("none, which does not exist");
	}

	@Test
	void aVariableThatNoProcessCanHaveIsNamed() {
		assertThat(failure(TestDaemons.options().environment(Map.of("A=B", "c")))).hasMessageContaining("'A=B'");
	}

	@Test
	void aMissingBinaryFailsAtOnce() {
		assertThat(failure(TestDaemons.options().path(this.folder.resolve("none"))).reason())
			.isEqualTo(Reason.BINARY_NOT_FOUND);
	}

	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void stderrIsKeptForDiagnosis(StdioMode mode) throws Exception {
		TestDaemons.Options options = TestDaemons.options()
			.stdio(mode)
			.args("--stderr", "first", "--stderr", "grüße", "--die-at", "start", "--die-how", "exit:3");
		try (Host host = Host.launch(options).read()) {
			host.awaitExit();

			await().untilAsserted(() -> assertThat(host.daemon().stderrTail()).containsExactly("first", "grüße"));
			assertThat(host.daemon().exitValue()).isEqualTo(3);
			assertThat(host.daemon().exitStory()).isEqualTo("exit value 3; the last line of its log: grüße");
			assertThat(host.daemon().onExit().get(30, TimeUnit.SECONDS)).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void aFloodOnStderrHoldsNothingUp(StdioMode mode) throws Exception {
		try (Host host = Host.ready(TestDaemons.options().stdio(mode).args("--stderr-flood", "200000"))) {
			await().untilAsserted(() -> assertThat(host.daemon().stderrTail()).hasSize(50)
				.last()
				.asString()
				.contains("line 199999 of a flood"));
		}
	}

	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void aLineOfTenMegabytesOnStderrIsCut(StdioMode mode) throws Exception {
		try (Host host = Host.ready(TestDaemons.options().stdio(mode).args("--stderr-line-bytes", "10485760"))) {
			await().untilAsserted(() -> assertThat(host.daemon().stderrTail()).singleElement()
				.asString()
				.hasSizeLessThan(LogLines.MAX_LINE)
				.endsWith("x…"));
		}
	}

	@Test
	void aSignalIsToldAsProbable() throws Exception {
		try (Host host = Host.launch(TestDaemons.options().args("--die-at", "start", "--die-how", "signal:9")).read()) {
			host.awaitExit();

			assertThat(host.daemon().exitStory()).startsWith("exit value 137 (probably signal 9");
		}
	}

	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void theEndOfStdinIsAnOrderlyEnd(StdioMode mode) throws Exception {
		Path note = this.folder.resolve("note");
		TestDaemons.Options options = TestDaemons.options().stdio(mode).args("--exit-note", note.toString());
		try (Host host = Host.ready(options)) {
			host.link().shutdownOutput();

			host.awaitEnd();
			host.awaitExit();
			assertThat(host.daemon().exitValue()).isZero();
			assertThat(note).content().contains("end of stdin");
		}
	}

	@Test
	void whatWasWrittenBeforeTheExitIsRead() throws Exception {
		try (Host host = Host.ready(TestDaemons.options())) {
			host.write("{\"id\":\"a\",\"method\":\"big\",\"params\":{\"bytes\":100000}}");
			host.write("{\"id\":\"b\",\"method\":\"die\",\"params\":{\"midAnswer\":true}}");

			host.awaitEnd();
			assertThat(host.text()).contains("xxx\"}\n").endsWith("\"half\":\"of an ans");
		}
	}

	@Test
	void aClosedStdoutIsSeenWhileTheDaemonLives() throws Exception {
		try (Host host = Host.ready(TestDaemons.options())) {
			host.write("{\"id\":\"a\",\"method\":\"closeStdout\",\"params\":{}}");

			host.awaitEnd();
			assertThat(host.daemon().isAlive()).isTrue();
		}
	}

	@Test
	void theEndOfStdinIsSeenThoughOthersWereLaunchedSince() throws Exception {
		try (Host first = Host.ready(TestDaemons.options()); Host second = Host.ready(TestDaemons.options())) {
			first.link().shutdownOutput();

			first.awaitExit();
			assertThat(first.daemon().exitValue()).isZero();
			assertThat(second.daemon().isAlive()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void whenTheJvmIsKilledTheDaemonExits(StdioMode mode) throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process jvm = new ProcessBuilder(java, "-Drustbridge.test.daemons=" + TestDaemons.chaos().getParent(), "-cp",
				System.getProperty("java.class.path"), LaunchingJvm.class.getName(), mode.name())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		String pid = jvm.inputReader().lines().filter((line) -> line.matches("\\d+")).findFirst().orElseThrow();
		ProcessHandle daemon = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

		jvm.destroyForcibly().waitFor();

		await().atMost(BusyMachine.allows(Duration.ofSeconds(2))).until(() -> Stopper.isGone(daemon));
	}

	@Test
	void anExecutableThatIsBeingWrittenIsTriedAgain() throws Exception {
		Path copy = Files.copy(TestDaemons.chaos(), this.folder.resolve("copy"));
		try (FileChannel writer = FileChannel.open(copy, StandardOpenOption.WRITE)) {
			CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> {
				try {
					writer.close();
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});

			try (Host host = Host.ready(TestDaemons.options().path(copy))) {
				assertThat(host.daemon().isAlive()).isTrue();
			}
		}
	}

	@Test
	void anExecutableThatStaysBusyFailsInWords() throws Exception {
		Path copy = Files.copy(TestDaemons.chaos(), this.folder.resolve("copy"));
		try (FileChannel writer = FileChannel.open(copy, StandardOpenOption.WRITE)) {
			assertThat(failure(TestDaemons.options().path(copy))).hasMessageContaining("still being written");
			assertThat(writer.isOpen()).isTrue();
		}
	}

	@Test
	void argumentsThatAreTooLongFailInWords() {
		String[] args = new String[40];
		Arrays.fill(args, "x".repeat(120_000));

		assertThat(failure(TestDaemons.options().args(args))).hasMessageContaining("too long");
	}

	@Test
	void launchesLeaveNothingBehind() throws Exception {
		launchAndClose();
		long before = descriptors();

		for (int i = 0; i < 100; i++) {
			launchAndClose();
		}

		await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
		assertThat(ProcessHandle.current()
			.children()
			.filter((child) -> child.info().command().orElse("").contains("chaos"))).isEmpty();
	}

	private void launchAndClose() throws Exception {
		Host.ready(TestDaemons.options()).close();
	}

	@Test
	void failedLaunchesLeaveNothingBehind() throws Exception {
		Path copy = Files.copy(TestDaemons.chaos(), this.folder.resolve("copy"));
		String[] args = new String[40];
		Arrays.fill(args, "x".repeat(120_000));
		failure(TestDaemons.options().path(copy).args(args));
		long before = descriptors();

		for (int i = 0; i < 50; i++) {
			failure(TestDaemons.options().path(copy).args(args));
		}

		await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
	}

	@Test
	void aLoopThatIsClosedLeavesNoProcessBehind() throws Exception {
		IoLoop loop = IoLoop.open("closed");
		loop.close();
		Path note = this.folder.resolve("note");

		try {
			new ProcessTransport(TestDaemons.options().args("--exit-note", note.toString()).build()).open(loop, 0)
				.close();
		}
		catch (RuntimeException ex) {
			assertThat(ex).hasMessageContaining("closed");
		}

		await().atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(ProcessHandle.current()
				.children()
				.filter((child) -> child.info().command().orElse("").contains("chaos"))).isEmpty());
	}

	private static long descriptors() throws IOException {
		try (var files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
	}

}
