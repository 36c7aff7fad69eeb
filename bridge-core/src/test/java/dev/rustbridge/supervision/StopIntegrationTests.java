package dev.rustbridge.supervision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * How a bridge stops: within its bounds, from anywhere, and leaving nothing.
 */
class StopIntegrationTests extends BridgeFixture {

	@TempDir
	private Path folder;

	private void start(RustBridge.Builder builder) {
		open(builder).start().block(LIMIT);
	}

	private CompletableFuture<JsonNode> sleep(int millis) {
		return this.bridge.command("sleep").params(Map.of("ms", millis)).retrieveMono(JsonNode.class).toFuture();
	}

	private Duration timeToStop() {
		long before = System.nanoTime();
		this.bridge.stop().block(LIMIT);
		return Duration.ofNanos(System.nanoTime() - before);
	}

	private long pid() {
		return this.bridge.info().instances().get(0).pid();
	}

	@Test
	void whatIsInFlightIsAnsweredBeforeTheDaemonIsToldToExit() throws Exception {
		Path note = this.folder.resolve("note");
		start(Daemons.chaosBridge("--exit-note", note.toString()));
		CompletableFuture<JsonNode> answer = sleep(300);
		this.bridge.stop().block(LIMIT);
		assertThat(answer).isCompletedWithValueMatching((result) -> result.get("slept").asInt() == 300);
		assertThat(Files.readString(note)).contains("\"reason\":\"end of stdin\"", "\"received\":1,\"answered\":1");
		assertThat(this.recorder.states()).containsExactly(BridgeState.STARTING, BridgeState.READY,
				BridgeState.DRAINING, BridgeState.STOPPED);
	}

	@Test
	void whatIsStillPendingAfterDrainTimeoutFails() {
		start(Daemons.chaosBridge().shutdownDrainTimeout(Duration.ofMillis(200)));
		CompletableFuture<JsonNode> answer = sleep(60_000);
		assertThat(timeToStop()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
		assertThat(answer).failsWithin(LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(ConnectionLostException.class)
			.withMessageContaining("shutdown.drain-timeout");
	}

	@Test
	void aDaemonThatIgnoresTheEndOfStdinIsTerminatedAfterExitTimeout() throws Exception {
		Path note = this.folder.resolve("note");
		start(Daemons.chaosBridge("--ignore-stdin-end", "--note-sigterm", "--exit-note", note.toString())
			.shutdownExitTimeout(Duration.ofMillis(200)));
		assertThat(timeToStop()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
		assertThat(Files.readString(note)).contains("sigterm");
	}

	@Test
	void aDaemonThatIgnoresSigtermIsKilledAfterKillTimeout() {
		start(Daemons.chaosBridge("--ignore-stdin-end", "--ignore-sigterm")
			.shutdownExitTimeout(Duration.ofMillis(100))
			.shutdownKillTimeout(Duration.ofMillis(200)));
		long pid = pid();
		assertThat(timeToStop()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
		assertThat(Processes.isRunning(pid)).isFalse();
	}

	@Test
	void whatTheDaemonStartedIsKilledWithIt() {
		start(Daemons.chaosBridge());
		long grandchild = grandchild();
		this.bridge.stop().block(LIMIT);
		await().atMost(LIMIT).until(() -> !Processes.isRunning(grandchild));
	}

	@Test
	void whatTheDaemonStartedIsLeftAloneIfToldSo() {
		start(Daemons.chaosBridge().shutdownDescendants(Descendants.LEAVE));
		long grandchild = grandchild();
		this.bridge.close();
		assertThat(Processes.isRunning(grandchild)).isTrue();
		ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
	}

	private long grandchild() {
		return this.bridge.command("grandchild")
			.params(Map.of("seconds", 60))
			.retrieveMono(JsonNode.class)
			.block(LIMIT)
			.get("pid")
			.asLong();
	}

	@Test
	void itIsClosedFromManyThreadsAtOnceAndMayBeStoppedAfterwards() {
		start(Daemons.chaosBridge());
		IntStream.range(0, 8).parallel().forEach((i) -> this.bridge.close());
		assertThat(this.bridge.state()).isEqualTo(BridgeState.STOPPED);
		this.bridge.close();
		this.bridge.stop().block(LIMIT);
		assertThatThrownBy(() -> this.bridge.start().block(LIMIT)).isInstanceOf(BridgeUnavailableException.class)
			.hasMessageContaining("closed");
		assertThatThrownBy(() -> this.bridge.command("echo").retrieveMono(String.class).block(LIMIT))
			.isInstanceOf(BridgeUnavailableException.class);
	}

	@Test
	void itIsStoppedFromTheIoThread() throws Exception {
		start(Daemons.chaosBridge());
		CountDownLatch stopped = new CountDownLatch(1);
		this.bridge.command("echo")
			.retrieveMono(JsonNode.class)
			.then(this.bridge.stop())
			.doFinally((signal) -> stopped.countDown())
			.subscribe();
		assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.bridge.state()).isEqualTo(BridgeState.STOPPED);
	}

	@Test
	void itIsClosedFromTheIoThread() {
		start(Daemons.chaosBridge());
		this.bridge.command("echo").retrieveMono(JsonNode.class).doOnNext((any) -> this.bridge.close()).block(LIMIT);
		await().atMost(LIMIT).until(() -> this.bridge.state() == BridgeState.STOPPED);
	}

	@Test
	void itIsStoppedWhileItIsBeingStarted() {
		this.bridge = Daemons.chaosBridge("--never-ready").build();
		CompletableFuture<Void> start = this.bridge.start().toFuture();
		await().until(() -> this.bridge.state() == BridgeState.STARTING);
		this.bridge.stop().block(LIMIT);
		assertThat(start).failsWithin(LIMIT).withThrowableThat().withCauseInstanceOf(BridgeUnavailableException.class);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.STOPPED);
	}

	@Test
	void itIsNotStartedAgainAfterAStopThatRacesARestart() {
		for (int round = 0; round < 10; round++) {
			RustBridge racing = Daemons.chaosBridge("--die-at", "ready")
				.reconnectInitialDelay(Duration.ofMillis(1))
				.reconnectMaxDelay(Duration.ofMillis(2))
				.build();
			this.bridge = racing;
			racing.start().onErrorComplete().block(LIMIT);
			int generations = 2 + round;
			await().atMost(LIMIT).until(() -> racing.info().instances().get(0).generation() >= generations);
			racing.close();
			assertThat(racing.state()).isEqualTo(BridgeState.STOPPED);
			assertThat(LeakCheck.children()).isEmpty();
		}
	}

	@Test
	void aStartThatComesDuringAStopFollowsIt() {
		start(Daemons.chaosBridge("--exit-delay", "200"));
		long first = pid();
		CompletableFuture<Void> stop = this.bridge.stop().toFuture();
		await().until(() -> this.bridge.state() == BridgeState.DRAINING);
		this.bridge.start().block(LIMIT);
		assertThat(stop).isCompleted();
		assertThat(pid()).isNotEqualTo(first);
		assertThat(this.recorder.states()).endsWith(BridgeState.DRAINING, BridgeState.STOPPED, BridgeState.STARTING,
				BridgeState.READY);
	}

	@Test
	void aBridgeThatWasNeverStartedIsClosed() {
		this.bridge = Daemons.chaosBridge().build();
		this.bridge.close();
		assertThat(this.bridge.state()).isEqualTo(BridgeState.STOPPED);
	}

	@Test
	void statesAndEventsCompleteWhenItIsClosed() {
		start(Daemons.chaosBridge());
		CompletableFuture<List<BridgeState>> states = this.bridge.states().collectList().toFuture();
		CompletableFuture<Void> events = this.bridge.events().then().toFuture();
		this.bridge.close();
		assertThat(states).succeedsWithin(LIMIT)
			.isEqualTo(List.of(BridgeState.READY, BridgeState.DRAINING, BridgeState.STOPPED));
		assertThat(events).succeedsWithin(LIMIT);
		assertThat(this.bridge.events().collectList().block(LIMIT)).isEmpty();
	}

}
