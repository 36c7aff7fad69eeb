package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import dev.rustbridge.BridgeOptions.RestartMode;
import dev.rustbridge.BridgeState;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Planned restarts lose nothing.
 */
class RestartIntegrationTests extends BridgeFixture {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int CALLERS = 64;

	@ParameterizedTest
	@EnumSource
	void underManyCallersNotOneCallFails(RestartMode mode) {
		open(Daemons.chaosBridge().restartMode(mode)).start().block(LIMIT);
		AtomicBoolean over = new AtomicBoolean();
		AtomicLong answered = new AtomicLong();
		CompletableFuture<Void> callers = callers(over, answered);
		int rounds = Soak.scaled(10, 60);
		for (int round = 0; round < rounds; round++) {
			long before = answered.get();
			this.bridge.restart().block(LIMIT);
			Soak.awaitMore(answered, before + 1000, callers);
		}
		over.set(true);
		assertThat(callers).succeedsWithin(LIMIT);
		assertThat(this.bridge.info().instances().get(0).generation()).isEqualTo(rounds + 1);
		assertThat(this.recorder.states()).containsExactly(BridgeState.STARTING, BridgeState.READY);
		assertThat(this.recorder.ready()).isEqualTo(LongStream.rangeClosed(1, rounds + 1).boxed().toList());
	}

	@EnabledIfSystemProperty(named = Soak.PROPERTY, matches = "true")
	@Test
	void aRestartEachSecondForAMinuteFailsNoCall() {
		open(Daemons.chaosBridge()).start().block(LIMIT);
		AtomicBoolean over = new AtomicBoolean();
		AtomicLong answered = new AtomicLong();
		CompletableFuture<Void> callers = callers(over, answered);
		Flux.interval(Duration.ofSeconds(1))
			.take(60)
			.onBackpressureBuffer()
			.concatMap((second) -> this.bridge.restart())
			.blockLast(Duration.ofMinutes(3));
		over.set(true);
		assertThat(callers).succeedsWithin(LIMIT);
		assertThat(this.bridge.info().instances().get(0).generation()).isEqualTo(61);
		assertThat(answered).hasValueGreaterThan(60 * CALLERS);
	}

	private CompletableFuture<Void> callers(AtomicBoolean over, AtomicLong answered) {
		return Flux.range(0, CALLERS)
			.flatMap((caller) -> caller(caller, answered).repeat(() -> !over.get()), CALLERS)
			.then()
			.toFuture();
	}

	private Mono<Void> caller(int caller, AtomicLong answered) {
		return this.bridge.command("echo")
			.params(caller)
			.retrieveMono(Integer.class)
			.doOnNext((echo) -> assertThat(echo).isEqualTo(caller))
			.doOnNext((echo) -> answered.incrementAndGet())
			.then();
	}

	@Test
	void aStreamThatIsStillOpenAfterDrainTimeoutFailsWithTheCause() {
		open(Daemons.chaosBridge().shutdownDrainTimeout(Duration.ofMillis(300))).start().block(LIMIT);
		CompletableFuture<Void> stream = this.bridge.command("stream")
			.params(Map.of("count", 100_000, "delayMs", 20))
			.retrieveFlux(JsonNode.class)
			.then()
			.toFuture();
		this.bridge.restart().block(LIMIT);
		assertThat(stream).failsWithin(LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(ConnectionLostException.class)
			.withMessageContaining("replaced by a new generation")
			.withMessageContaining("shutdown.drain-timeout");
		assertThat(this.bridge.state()).isEqualTo(BridgeState.READY);
	}

	@Test
	void aStreamEndsWhereItBegan() {
		open(Daemons.chaosBridge()).start().block(LIMIT);
		CompletableFuture<Long> stream = this.bridge.command("stream")
			.params(Map.of("count", 50, "delayMs", 10))
			.retrieveFlux(JsonNode.class)
			.count()
			.toFuture();
		this.bridge.restart().block(LIMIT);
		assertThat(stream).succeedsWithin(LIMIT).isEqualTo(50L);
	}

	@Test
	void aBridgeThatIsStoppedIsStartedByARestart() {
		this.bridge = Daemons.chaosBridge().build();
		this.bridge.restart().block(LIMIT);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.READY);
	}

}
