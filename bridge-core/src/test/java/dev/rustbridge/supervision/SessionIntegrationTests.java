package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BridgeState;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What happens from one generation to the next: initializers, replay, idle stops.
 */
class SessionIntegrationTests extends BridgeFixture {

	private long received() {
		return this.bridge.command("counts").retrieveMono(JsonNode.class).block(LIMIT).get("received").asLong();
	}

	@Test
	void initializersRunInOrderOnEachGenerationAheadOfWaitingCalls() {
		List<String> told = new CopyOnWriteArrayList<>();
		open(Daemons.chaosBridge()
			.whileUnavailable(WhileUnavailable.WAIT)
			.initializer((session) -> session.command("echo")
				.params("first")
				.retrieveMono(String.class)
				.doOnNext((answer) -> told.add(session.generation() + answer))
				.then())
			.initializer((session) -> session.command("echo")
				.params("second")
				.retrieveMono(String.class)
				.doOnNext((answer) -> told.add(session.generation() + answer))
				.then()));
		// two initializers, and this very call
		CompletableFuture<Long> first = Mono.fromCallable(this::received).toFuture();
		assertThat(first).succeedsWithin(LIMIT).isEqualTo(3L);
		this.bridge.restart().block(LIMIT);
		assertThat(received()).isEqualTo(3L);
		assertThat(told).containsExactly("1first", "1second", "2first", "2second");
	}

	@Test
	void anInitializerThatFailsFailsARequiredStart() {
		open(Daemons.chaosBridge()
			.initializer((session) -> session.command("fail")
				.params(Map.of("message", "no licence"))
				.retrieveMono(Void.class)));
		assertThatThrownBy(() -> this.bridge.start().block(LIMIT))
			.isInstanceOfSatisfying(BridgeStartException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.INITIALIZATION_FAILED))
			.hasMessageContaining("no licence");
		assertThat(this.bridge.state()).isEqualTo(BridgeState.FAILED);
	}

	@Test
	void aCommandThatIsNotIdempotentIsNotSentAgain() {
		open(Daemons.chaosBridge("--die-at", "2"));
		this.bridge.start().block(LIMIT);
		this.bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT);
		assertThatThrownBy(() -> this.bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT))
			.isInstanceOf(ConnectionLostException.class);
	}

	@Test
	void anIdempotentCommandIsSentAgainToTheNextGeneration() {
		open(Daemons.chaosBridge("--die-at", "2"));
		this.bridge.start().block(LIMIT);
		this.bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT);
		assertThat(this.bridge.command("echo").params(7).idempotent().retrieveMono(Integer.class).block(LIMIT))
			.isEqualTo(7);
		assertThat(this.recorder.states()).contains(BridgeState.BACKING_OFF);
	}

	@Test
	void itIsSentAgainOnlyOnce() {
		open(Daemons.chaosBridge("--die-at", "1"));
		this.bridge.start().block(LIMIT);
		assertThatThrownBy(() -> this.bridge.command("echo").idempotent().retrieveMono(JsonNode.class).block(LIMIT))
			.isInstanceOf(ConnectionLostException.class);
		assertThat(this.recorder.to(BridgeState.READY)).hasSize(2);
	}

	@Test
	void itIsSentAgainAsOftenAsItIsTold() {
		open(Daemons.chaosBridge("--die-at", "1").idempotentRetries(3).reconnectInitialDelay(Duration.ofMillis(10)));
		this.bridge.start().block(LIMIT);
		assertThatThrownBy(() -> this.bridge.command("echo").idempotent().retrieveMono(JsonNode.class).block(LIMIT))
			.isInstanceOf(ConnectionLostException.class);
		assertThat(this.recorder.to(BridgeState.READY)).hasSize(4);
	}

	@Test
	void aStreamIsNotSentAgainOnceAChunkWasGiven() {
		open(Daemons.chaosBridge());
		this.bridge.start().block(LIMIT);
		AtomicInteger chunks = new AtomicInteger();
		assertThatThrownBy(() -> this.bridge.command("stream")
			.params(Map.of("count", 10, "dieAfter", 3))
			.idempotent()
			.retrieveFlux(JsonNode.class)
			.doOnNext((chunk) -> chunks.incrementAndGet())
			.blockLast(LIMIT)).isInstanceOf(ConnectionLostException.class);
		assertThat(chunks).hasValue(3);
	}

	@Test
	void aReplayThatFindsNoDaemonEndsAsLostForItWasSentBefore() {
		open(Daemons.chaosBridge("--die-at", "1").reconnectEnabled(false));
		this.bridge.start().block(LIMIT);
		assertThatThrownBy(() -> this.bridge.command("echo").idempotent().retrieveMono(JsonNode.class).block(LIMIT))
			.isInstanceOf(ConnectionLostException.class);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.FAILED);
		assertThat(this.bridge.info().waiting()).isZero();
	}

	@Test
	void anIdleDaemonIsStoppedAndStartedByTheNextCall() {
		open(Daemons.chaosBridge().startup(Startup.LAZY).idleStop(Duration.ofMillis(200)));
		for (int round = 1; round <= 2; round++) {
			assertThat(received()).isEqualTo(1);
			await().atMost(LIMIT).until(() -> this.bridge.state() == BridgeState.STOPPED);
			assertThat(LeakCheck.children()).isEmpty();
			assertThat(this.recorder.to(BridgeState.READY)).hasSize(round);
		}
	}

	@Test
	void aDaemonWithACallInFlightIsNotIdle() {
		open(Daemons.chaosBridge().startup(Startup.LAZY).idleStop(Duration.ofMillis(100)));
		this.bridge.command("sleep").params(Map.of("ms", 600)).retrieveMono(JsonNode.class).block(LIMIT);
		assertThat(this.recorder.to(BridgeState.READY)).hasSize(1);
	}

	@Test
	void aDaemonThatClosedItsStdoutAndLivesIsReplaced() {
		open(Daemons.chaosBridge("--close-stdout-after", "1"));
		this.bridge.start().block(LIMIT);
		this.bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT);
		await().atMost(LIMIT).until(() -> this.recorder.to(BridgeState.READY).size() == 2);
		assertThat(this.recorder.to(BridgeState.BACKING_OFF).get(0).cause()).hasMessageContaining("closed its output");
	}

	@Test
	void aDaemonThatFallsSilentIsFoundOutByItsHeartbeat() {
		open(Daemons.chaosBridge("--stop-writing-after", "1")
			.heartbeatInterval(Duration.ofMillis(50))
			.heartbeatTimeout(Duration.ofMillis(300)));
		this.bridge.start().block(LIMIT);
		await().atMost(LIMIT).until(() -> this.recorder.to(BridgeState.READY).size() == 2);
		assertThat(this.recorder.to(BridgeState.BACKING_OFF).get(0).cause()).hasMessageContaining("heartbeat");
	}

	@Test
	void aHeartbeatThatIsAnsweredIsMeasured() {
		open(Daemons.chaosBridge().heartbeatInterval(Duration.ofMillis(50)));
		this.bridge.start().block(LIMIT);
		await().atMost(LIMIT).until(() -> this.bridge.info().instances().get(0).heartbeatNanos() != null);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.READY);
	}

}
