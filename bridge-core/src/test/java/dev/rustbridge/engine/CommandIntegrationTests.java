package dev.rustbridge.engine;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeState;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands to a real daemon.
 */
class CommandIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private RustBridge bridge;

	@BeforeEach
	void start() {
		this.bridge = Daemons.chaosBridge("--management").build();
		this.bridge.start().block(LIMIT);
	}

	@AfterEach
	void nothingIsPending() {
		assertThat(this.bridge.info().inFlight()).isZero();
		this.bridge.close();
		assertThat(this.bridge.state()).isEqualTo(BridgeState.STOPPED);
	}

	@Test
	void aCommandGivesItsResult() {
		JsonNode result = this.bridge.command("echo").params(Map.of("a", 1)).retrieveMono(JsonNode.class).block(LIMIT);
		assertThat(result).hasToString("{\"a\":1}");
	}

	@Test
	void aVoidCommandCompletesEmpty() {
		StepVerifier.create(this.bridge.command("void").retrieveMono(String.class)).verifyComplete();
	}

	@Test
	void whenTheDaemonSaysNoTheCommandFails() {
		StepVerifier
			.create(this.bridge.command("fail").params(Map.of("message", "no such file")).retrieveMono(Void.class))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(CommandFailedException.class)
				.hasMessageContaining("no such file"))
			.verify(LIMIT);
	}

	@Test
	void aStreamGivesItsChunksInOrder() {
		Flux<JsonNode> chunks = this.bridge.command("stream")
			.params(Map.of("count", 10_000))
			.retrieveFlux(JsonNode.class);
		StepVerifier.create(chunks.map((chunk) -> chunk.get("index").asInt()).collectList())
			.assertNext((indexes) -> assertThat(indexes).isEqualTo(IntStream.range(0, 10_000).boxed().toList()))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aStreamHonoursDemand() {
		Flux<JsonNode> chunks = this.bridge.command("stream")
			.params(Map.of("count", 1000))
			.retrieveFlux(JsonNode.class);
		StepVerifier.create(chunks, 0)
			.expectSubscription()
			.thenRequest(1)
			.expectNextCount(1)
			.thenRequest(499)
			.expectNextCount(499)
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(500)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void bothHalvesOfAnExchangeAreGiven() {
		StreamingResponse<JsonNode, JsonNode> response = this.bridge.command("stream")
			.params(Map.of("count", 3))
			.retrieveStream(JsonNode.class, JsonNode.class);
		StepVerifier.create(response.chunks()).expectNextCount(3).expectComplete().verify(LIMIT);
		StepVerifier.create(response.result()).expectNextCount(1).expectComplete().verify(LIMIT);
	}

	@Test
	void aSlowCommandTimesOut() {
		StepVerifier
			.create(this.bridge.command("sleep")
				.params(Map.of("ms", 5000))
				.timeout(Duration.ofMillis(100))
				.retrieveMono(Void.class))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(CommandTimeoutException.class)
				.hasMessageContaining("within 100ms"))
			.verify(LIMIT);
	}

	@Test
	void whenTheDaemonDiesPendingCommandsFail() {
		StepVerifier
			.create(this.bridge.command("sleep")
				.params(Map.of("ms", 60_000))
				.retrieveMono(Void.class)
				.mergeWith(this.bridge.command("exit").params(Map.of("code", 3)).retrieveMono(Void.class)))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(ConnectionLostException.class,
					(lost) -> assertThat(lost.exitValue()).isEqualTo(3)))
			.verify(LIMIT);
	}

	@Test
	void aDaemonThatDiedIsStartedAgain() {
		Flux<BridgeState> states = this.bridge.states().skip(1).take(3);
		StepVerifier.create(states)
			.then(() -> this.bridge.command("exit")
				.params(Map.of("code", 1))
				.retrieveMono(Void.class)
				.subscribe(null, (ex) -> {
				}))
			.expectNext(BridgeState.BACKING_OFF, BridgeState.STARTING, BridgeState.READY)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void manyCommandsAtOnceAreAllAnswered() {
		Flux<Integer> answers = Flux.range(0, 20_000)
			.flatMap((i) -> this.bridge.command("echo").params(i).retrieveMono(Integer.class), 512);
		StepVerifier.create(answers.count()).expectNext(20_000L).expectComplete().verify(LIMIT);
	}

}
