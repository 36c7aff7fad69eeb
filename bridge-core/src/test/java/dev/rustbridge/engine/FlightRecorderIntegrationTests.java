package dev.rustbridge.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeFrame;
import dev.rustbridge.BridgeFrame.Direction;
import dev.rustbridge.BridgeFrame.Kind;
import dev.rustbridge.BridgeState;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * What a bridge remembers of its wire.
 */
class FlightRecorderIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final RustBridge bridge = Daemons.chaosBridge("--management")
		.reconnectInitialDelay(Duration.ofMillis(10))
		.build();

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aBridgeThatWasNotStartedHasNoFrames() {
		assertThat(this.bridge.frames()).isEmpty();
	}

	@Test
	void aCommandAndItsAnswerAreRememberedWithTheirIdMethodAndSize() {
		this.bridge.command("echo").params(Map.of("a", 1)).retrieveMono(JsonNode.class).block(LIMIT);
		List<BridgeFrame> frames = this.bridge.frames();
		assertThat(frames).extracting(BridgeFrame::direction, BridgeFrame::kind, BridgeFrame::name)
			.containsExactly(tuple(Direction.IN, Kind.EVENT, "ready"), tuple(Direction.OUT, Kind.COMMAND, "echo"),
					tuple(Direction.IN, Kind.RESULT, "echo"));
		BridgeFrame command = frames.get(1);
		String line = "{\"id\":\"" + command.id() + "\",\"method\":\"echo\",\"params\":{\"a\":1}}\n";
		assertThat(command.size()).isEqualTo(line.length());
		assertThat(frames.get(2).id()).isEqualTo(command.id());
		assertThat(frames).allSatisfy((frame) -> assertThat(frame.generation()).isEqualTo(1))
			.allSatisfy((frame) -> assertThat(frame.at()).isBetween(Instant.now().minus(LIMIT),
					Instant.now().plusSeconds(1)));
	}

	@Test
	void chunksEventsAndErrorsAreToldApart() {
		this.bridge.command("stream").params(Map.of("count", 2)).retrieveFlux(JsonNode.class).blockLast(LIMIT);
		this.bridge.command("emit").params(Map.of("event", "moved", "count", 1)).retrieveMono(Void.class).block(LIMIT);
		this.bridge.command("fail").retrieveMono(Void.class).onErrorComplete().block(LIMIT);
		assertThat(this.bridge.frames()).filteredOn((frame) -> frame.direction() == Direction.IN)
			.extracting(BridgeFrame::kind, BridgeFrame::name)
			.contains(tuple(Kind.CHUNK, "stream"), tuple(Kind.EVENT, "moved"), tuple(Kind.ERROR, "fail"));
	}

	@Test
	void theLast256FramesAreKept() {
		Flux.range(0, 500).flatMap((i) -> this.bridge.command("echo").retrieveMono(JsonNode.class), 8).blockLast(LIMIT);
		List<BridgeFrame> frames = this.bridge.frames();
		assertThat(frames).hasSize(256).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
		assertThat(frames.get(255).kind()).isEqualTo(Kind.RESULT);
	}

	@Test
	void aCrashIsToldWithTheLastFrames() {
		this.bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT);
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> this.bridge.command("die").retrieveMono(Void.class).block(LIMIT))
			.satisfies((failure) -> assertThat(failure.lastFrames()).extracting(BridgeFrame::kind, BridgeFrame::name)
				.endsWith(tuple(Kind.RESULT, "echo"), tuple(Kind.COMMAND, "die")));
	}

	@Test
	void theFramesBeforeACrashAreThereAfterIt() {
		this.bridge.command("die").retrieveMono(Void.class).onErrorComplete().block(LIMIT);
		await().atMost(LIMIT).until(() -> this.bridge.state() == BridgeState.READY);
		assertThat(this.bridge.frames()).extracting(BridgeFrame::generation, BridgeFrame::name)
			.contains(tuple(1L, "die"), tuple(2L, "ready"));
	}

}
