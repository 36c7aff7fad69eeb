package dev.rustbridge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BridgeOptions.Descendants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StopperIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(100);

	@TempDir
	Path folder;

	private final List<ProcessHandle> started = new ArrayList<>();

	@AfterEach
	void killWhatIsLeft() {
		this.started.forEach(ProcessHandle::destroyForcibly);
	}

	/** Ready when this returns, so that its signal handlers are in place. */
	private Process launch(String... args) throws IOException {
		List<String> command = new ArrayList<>(List.of(TestDaemons.chaos().toString()));
		command.addAll(List.of(args));
		Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
		this.started.add(process.toHandle());
		String ready = process.inputReader().readLine();
		assertThat(ready).contains("\"ready\"");
		for (String part : ready.split("\"grandchild\":")) {
			if (!part.startsWith("{")) {
				this.started.add(ProcessHandle.of(Long.parseLong(part.replaceAll("\\D.*", ""))).orElseThrow());
			}
		}
		return process;
	}

	private ProcessHandle grandchild() {
		return this.started.get(1);
	}

	private static Stopper stopper(Process process, Duration exit, Duration kill, Descendants descendants) {
		return new Stopper(process, TestDaemons.shutdown(exit, kill, descendants), null);
	}

	private static Runnable endInput(Process process) {
		return () -> {
			try {
				process.getOutputStream().close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		};
	}

	private static void awaitGone(CompletableFuture<Void> gone) throws Exception {
		gone.get(10, TimeUnit.SECONDS);
	}

	@Test
	void aDaemonThatExitsAtTheEndOfStdinGetsNoSignal() throws Exception {
		Process process = launch("--exit-delay", "100");

		awaitGone(stopper(process, LONG, LONG, Descendants.KILL).stop(endInput(process), false));

		assertThat(process.exitValue()).isZero();
	}

	@Test
	void aDaemonThatIgnoresTheEndOfStdinGetsSigterm() throws Exception {
		Path note = this.folder.resolve("note");
		Process process = launch("--ignore-stdin-end", "--note-sigterm", "--exit-note", note.toString());

		awaitGone(stopper(process, SHORT, LONG, Descendants.KILL).stop(endInput(process), false));

		assertThat(process.exitValue()).isEqualTo(143);
		assertThat(note).content().contains("sigterm");
	}

	@Test
	void aDaemonThatIgnoresSigtermIsKilled() throws Exception {
		Process process = launch("--ignore-stdin-end", "--ignore-sigterm");

		awaitGone(stopper(process, SHORT, SHORT, Descendants.KILL).stop(endInput(process), false));

		assertThat(process.exitValue()).isEqualTo(137);
	}

	@Test
	void inHasteTheFirstWaitIsLeftOut() throws Exception {
		Process process = launch("--ignore-stdin-end");

		awaitGone(stopper(process, LONG, LONG, Descendants.KILL).stop(endInput(process), true));

		assertThat(process.exitValue()).isEqualTo(143);
	}

	@Test
	void hasteMayComeLater() throws Exception {
		Process process = launch("--ignore-stdin-end");
		Stopper stopper = stopper(process, LONG, LONG, Descendants.KILL);
		CompletableFuture<Void> first = stopper.stop(endInput(process), false);

		stopper.stop(endInput(process), true);

		awaitGone(first);
		assertThat(process.exitValue()).isEqualTo(143);
	}

	@Test
	void sigtermLeavesThePipesOpenForTheLastWords() throws Exception {
		Process process = launch("--ignore-stdin-end");
		stopper(process, SHORT, LONG, Descendants.KILL).stop(endInput(process), false).get(10, TimeUnit.SECONDS);

		assertThat(process.getInputStream().read()).isEqualTo(-1);
	}

	@Test
	void stoppingWhatIsGoneIsDoneAtOnce() throws Exception {
		Process process = launch();
		process.getOutputStream().close();
		process.waitFor();
		Stopper stopper = stopper(process, LONG, LONG, Descendants.KILL);

		awaitGone(stopper.stop(endInput(process), false));
		awaitGone(stopper.stop(endInput(process), true));
	}

	@Test
	void aCallerCannotEndTheStopForOthers() throws Exception {
		Process process = launch();
		Stopper stopper = stopper(process, LONG, LONG, Descendants.KILL);

		stopper.stop(endInput(process), false).cancel(true);
		stopper.stop(endInput(process), true).get(10, TimeUnit.SECONDS);

		assertThat(process.isAlive()).isFalse();
	}

	@Test
	void descendantsAreKilledWithTheDaemon() throws Exception {
		Process process = launch("--grandchild", "600", "--ignore-sigterm");

		awaitGone(stopper(process, SHORT, SHORT, Descendants.KILL).stop(endInput(process), true));

		assertThat(Stopper.isGone(grandchild())).isTrue();
	}

	@Test
	void descendantsAreKilledThoughTheDaemonExitedInOrder() throws Exception {
		Process process = launch("--grandchild", "600");

		awaitGone(stopper(process, LONG, LONG, Descendants.KILL).stop(endInput(process), false));

		assertThat(process.exitValue()).isZero();
		assertThat(Stopper.isGone(grandchild())).isTrue();
	}

	@Test
	void descendantsAreLeftAloneIfAsked() throws Exception {
		Process process = launch("--grandchild", "600");

		awaitGone(stopper(process, SHORT, SHORT, Descendants.LEAVE).stop(endInput(process), true));

		assertThat(Stopper.isGone(grandchild())).isFalse();
	}

	@Test
	void noThreadIsLeft() throws Exception {
		Process process = launch();

		awaitGone(stopper(process, SHORT, SHORT, Descendants.KILL).stop(endInput(process), true));

		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("rustbridge-stopper"));
	}

	@Test
	void itWorksInAShutdownHook() throws Exception {
		Path note = this.folder.resolve("note");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process jvm = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
				StoppingInHook.class.getName(), TestDaemons.chaos().toString(), note.toString())
			.redirectErrorStream(true)
			.start();
		this.started.add(jvm.toHandle());
		assertThat(jvm.inputReader().lines().filter((line) -> line.equals("up")).findFirst()).isPresent();

		jvm.toHandle().destroy();

		assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(note).content().contains("sigterm");
		assertThat(Files.exists(note)).isTrue();
	}

}
