package dev.rustbridge.jfr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.rustbridge.BridgeFrame;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * What a recording tells of bridges.
 */
class JfrIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@TempDir
	Path folder;

	@Test
	void aCommandOverTheThresholdIsRecorded() throws IOException {
		List<RecordedEvent> events = record("dev.rustbridge.Command", (bridge) -> {
			bridge.command("sleep").params(Map.of("ms", 50)).retrieveMono(JsonNode.class).block(LIMIT);
			bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT);
		}, Duration.ofMillis(40));
		assertThat(events).filteredOn((event) -> event.getString("method").equals("sleep"))
			.singleElement()
			.satisfies((event) -> {
				assertThat(event.getString("bridge")).isEqualTo("chaos");
				assertThat(event.getString("outcome")).isEqualTo("SUCCESS");
				assertThat(event.getString("id")).startsWith("req_");
				assertThat(event.getLong("generation")).isEqualTo(1);
				assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
			});
	}

	@Test
	void aCommandUnderTheThresholdIsNotRecorded() throws IOException {
		List<RecordedEvent> events = record("dev.rustbridge.Command",
				(bridge) -> bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT), Duration.ofHours(1));
		assertThat(events).isEmpty();
	}

	@Test
	void aFailureIsRecordedWithItsError() throws IOException {
		List<RecordedEvent> events = record("dev.rustbridge.Command",
				(bridge) -> bridge.command("fail").retrieveMono(Void.class).onErrorComplete().block(LIMIT),
				Duration.ZERO);
		assertThat(events).singleElement().satisfies((event) -> {
			assertThat(event.getString("outcome")).isEqualTo("FAILED");
			assertThat(event.getString("error")).contains("method 'fail'");
		});
	}

	@Test
	void aPauseOfReadingIsRecordedWithWhoCausedIt() throws IOException {
		List<RecordedEvent> events = record("dev.rustbridge.ReadPause", (bridge) -> {
			BaseSubscriber<JsonNode> slow = new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					subscription.request(1);
				}

			};
			bridge.command("stream")
				.params(Map.of("count", 5000, "size", 200))
				.retrieveFlux(JsonNode.class)
				.subscribe(slow);
			// until the bytes that come in stand still
			await().atMost(LIMIT).until(() -> isStill(bridge));
			slow.cancel();
		}, Duration.ZERO);
		assertThat(events).isNotEmpty()
			.allSatisfy((event) -> assertThat(event.getString("cause")).contains("chaos", "method 'stream'"));
	}

	@Test
	void aRestartIsRecordedAndWhatItWasFor() throws IOException {
		Consumer<RustBridge> crash = (bridge) -> {
			bridge.command("die").retrieveMono(Void.class).onErrorComplete().block(LIMIT);
			await().atMost(LIMIT).until(() -> bridge.state() == BridgeState.READY);
		};
		assertThat(record("dev.rustbridge.Start", crash, Duration.ZERO))
			.extracting((event) -> event.getLong("generation"), (event) -> event.getBoolean("restart"))
			.containsExactly(tuple(1L, false), tuple(2L, true));
		assertThat(record("dev.rustbridge.Lost", crash, Duration.ZERO)).singleElement()
			.satisfies((event) -> assertThat(event.getString("story")).contains("the daemon ended"));
	}

	private static boolean isStill(RustBridge bridge) {
		List<BridgeFrame> frames = bridge.frames();
		return frames.size() > 100
				&& frames.get(frames.size() - 1).at().isBefore(Instant.now().minus(Duration.ofMillis(100)));
	}

	private List<RecordedEvent> record(String name, Consumer<RustBridge> use, Duration threshold) throws IOException {
		Path file = this.folder.resolve(name + ".jfr");
		try (Recording recording = new Recording()) {
			recording.enable(name).withThreshold(threshold);
			recording.start();
			try (RustBridge bridge = Daemons.chaosBridge("--management")
				.streamBuffer(64 * 1024)
				.reconnectInitialDelay(Duration.ofMillis(10))
				.build()) {
				bridge.start().block(LIMIT);
				use.accept(bridge);
			}
			recording.stop();
			recording.dump(file);
		}
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(name))
			.toList();
	}

}
