package dev.rustbridge.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.sample.SampleClient.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the application tells without being asked.
 */
@SampleIntegrationTest
class EventsIntegrationTests {

	@Autowired
	private SampleClient client;

	private final List<Event> events = new CopyOnWriteArrayList<>();

	private long pid;

	private Disposable subscription;

	@BeforeEach
	void subscribe() {
		this.pid = this.client.awaitIdle().pid();
		this.subscription = this.client.events("/api/events").subscribe(this.events::add);
		await().until(() -> !this.events.isEmpty());
	}

	@AfterEach
	void leave() {
		this.subscription.dispose();
	}

	@Test
	void theCurrentStateIsToldAtOnce() {
		await().untilAsserted(() -> {
			assertThat(state("/state").asString()).isEqualTo("READY");
			assertThat(state("/pid").asLong()).isEqualTo(this.pid);
			assertThat(state("/root").asString()).isEqualTo(SourceTree.root().toString());
		});
	}

	@Test
	void aKilledDaemonIsSeenToGoAndToComeBack() {
		SampleClient.kill(this.pid);
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(state("/state").asString()).isEqualTo("READY");
			assertThat(state("/pid").asLong()).isNotEqualTo(this.pid);
		});
		assertThat(this.events).extracting((event) -> event.data().at("/state").asString())
			.containsSubsequence("READY", "BACKING_OFF", "READY");
		assertThat(this.events).anySatisfy((event) -> assertThat(event.data().at("/reason").asString()).contains("9"));
	}

	/** A part of the last state that was told. */
	private JsonNode state(String path) {
		return this.events.stream()
			.filter((event) -> event.is("state"))
			.reduce((before, after) -> after)
			.orElseThrow()
			.data()
			.at(path);
	}

	@Test
	void aChangedFileIsToldOfByTheDaemonThatCameBackToo() throws Exception {
		SampleClient.kill(this.pid);
		this.client.awaitIdle();
		Path file = SourceTree.root().resolve("Changed.txt");
		try {
			Files.writeString(file, "new");
			await().untilAsserted(() -> assertThat(this.events).anySatisfy((event) -> {
				assertThat(event.name()).isEqualTo("fileChanged");
				assertThat(event.data().at("/path").asString()).isEqualTo("Changed.txt");
			}));
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

}
