package dev.rustbridge.supervision;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Bridges to daemons that listen on a socket: such as are not ours, and such as are.
 */
class SocketIntegrationTests extends BridgeFixture {

	private final List<Process> daemons = new ArrayList<>();

	@TempDir
	private Path folder;

	@AfterEach
	void endDaemons() throws InterruptedException {
		this.bridge.close();
		for (Process daemon : this.daemons) {
			daemon.destroyForcibly().waitFor();
		}
	}

	private Path socket() {
		return this.folder.resolve("daemon.sock");
	}

	private Process launch() throws IOException {
		Process daemon = new ProcessBuilder(Daemons.chaos().toString(), "--socket", socket().toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.daemons.add(daemon);
		return daemon;
	}

	private RustBridge.Builder toSocket() {
		return RustBridge.builder("chaos").socketPath(socket());
	}

	private BridgeInfo.Instance instance() {
		return this.bridge.info().instances().get(0);
	}

	private long servedBy() {
		return this.bridge.command("pid").retrieveMono(JsonNode.class).block(LIMIT).get("pid").asLong();
	}

	@Test
	void itConnectsAndKnowsWhoServes() throws Exception {
		Process daemon = launch();
		open(toSocket()).start().block(LIMIT);
		assertThat(servedBy()).isEqualTo(daemon.pid());
		assertThat(instance().peer()).isNotNull();
		assertThat(instance().transport()).isEqualTo("socket");
	}

	@Test
	void aSocketThatIsNotThereYetIsWaitedFor() throws Exception {
		CompletableFuture<Void> start = open(toSocket()).start().toFuture();
		await().until(() -> this.recorder.states().contains(BridgeState.BACKING_OFF));
		Process daemon = launch();
		assertThat(start).succeedsWithin(LIMIT);
		assertThat(servedBy()).isEqualTo(daemon.pid());
	}

	@Test
	void aSocketThatDoesNotComeFailsTheStartAfterReadyTimeout() {
		open(toSocket().readyTimeout(Duration.ofMillis(500)));
		assertThatThrownBy(() -> this.bridge.start().block(LIMIT)).isInstanceOfSatisfying(BridgeStartException.class,
				(failure) -> assertThat(failure.reason()).isEqualTo(Reason.SOCKET_NOT_FOUND));
		assertThat(this.bridge.state()).isEqualTo(BridgeState.FAILED);
	}

	@Test
	void aSocketThatComesLateIsNoticedThoughTheNextAttemptIsFarAway() throws Exception {
		open(toSocket().startup(Startup.BACKGROUND)
			.reconnectInitialDelay(Duration.ofSeconds(30))
			.reconnectMaxDelay(Duration.ofSeconds(30)));
		assertThatThrownBy(() -> this.bridge.start().block(LIMIT)).isInstanceOf(BridgeStartException.class);
		launch();
		await().atMost(LIMIT).until(() -> this.bridge.state() == BridgeState.READY);
	}

	@Test
	void itConnectsToTheNextDaemonWhenTheFirstHasDied() throws Exception {
		Process first = launch();
		open(toSocket()).start().block(LIMIT);
		first.destroyForcibly().waitFor();
		await().until(() -> this.recorder.states().contains(BridgeState.BACKING_OFF));
		Process second = launch();
		await().atMost(LIMIT).until(() -> this.bridge.state() == BridgeState.READY);
		assertThat(servedBy()).isEqualTo(second.pid());
		assertThat(instance().restarts()).isEqualTo(1);
	}

	@Test
	void aSocketThatWasReplacedIsNoticedAndLosesNoCall() throws Exception {
		launch();
		open(toSocket()).start().block(LIMIT);
		List<BridgeState> started = List.copyOf(this.recorder.states());
		Process second = launch();
		await().atMost(LIMIT).until(() -> servedBy() == second.pid());
		assertThat(this.recorder.states()).isEqualTo(started);
	}

	@Test
	void aPoolOfConnectionsTellsEachEventOnce() throws Exception {
		launch();
		open(toSocket().instances(3)).start().block(LIMIT);
		AtomicInteger ticks = new AtomicInteger();
		this.bridge.events("tick").subscribe((tick) -> ticks.incrementAndGet());
		this.bridge.command("emit").broadcast().retrieveFlux(JsonNode.class).blockLast(LIMIT);
		// the daemon tells only the connection that asked: each of the three did
		await().atMost(LIMIT).until(() -> ticks.get() > 0);
		await().during(Duration.ofMillis(200)).until(() -> ticks.get() == 1);
	}

	private RustBridge.Builder launched(String... args) {
		List<String> all = new ArrayList<>(List.of("--socket", socket().toString(), "--exit-with-stdin"));
		all.addAll(List.of(args));
		return Daemons.chaosBridge(all.toArray(String[]::new)).socketPath(socket());
	}

	@Test
	void aDaemonOfOurOwnIsLaunchedConnectedToAndStopped() {
		open(launched()).start().block(LIMIT);
		long pid = servedBy();
		assertThat(instance().pid()).isEqualTo(pid);
		this.bridge.stop().block(LIMIT);
		assertThat(Processes.isRunning(pid)).isFalse();
	}

	@Test
	void aDaemonOfOurOwnThatDiedIsLaunchedAgain() {
		open(launched()).start().block(LIMIT);
		long pid = servedBy();
		ProcessHandle.of(pid).orElseThrow().destroyForcibly();
		await().atMost(LIMIT).until(() -> instance().restarts() == 1 && this.bridge.state() == BridgeState.READY);
		assertThat(servedBy()).isNotEqualTo(pid);
		assertThat(this.recorder.to(BridgeState.BACKING_OFF).get(0).cause()).hasMessageContaining("signal 9");
	}

	@Test
	void aDaemonThatMakesNoSocketFailsTheStartAndSaysSo() {
		open(Daemons.chaosBridge().socketPath(socket()).readyTimeout(Duration.ofMillis(500)));
		assertThatThrownBy(() -> this.bridge.start().block(LIMIT)).isInstanceOf(BridgeStartException.class)
			.hasMessageContaining(socket().toString())
			.hasMessageContaining("ready-timeout");
	}

}
