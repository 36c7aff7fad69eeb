package dev.rustbridge.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scripted daemon, behind a real bridge.
 */
class ScriptedDaemonTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ScriptedDaemon daemon = new ScriptedDaemon();

	private final RustBridge bridge = RustBridge.builder("scripted")
		.reconnectInitialDelay(Duration.ofMillis(10))
		.transport(this.daemon.transport())
		.build();

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void itReturnsWhatItWasToldAndRecordsTheCommand() {
		this.daemon.on("add").answers((params) -> params.get("a").asInt() + params.get("b").asInt());
		Integer sum = this.bridge.command("add")
			.params(Map.of("a", 1, "b", 2))
			.retrieveMono(Integer.class)
			.block(LIMIT);
		assertThat(sum).isEqualTo(3);
		assertThat(this.daemon.received("add")).singleElement()
			.satisfies((command) -> assertThat(command.params().get("a").asInt()).isOne());
	}

	@Test
	void itStreamsMoreThanTheLinkHoldsAtOnce() {
		List<Integer> chunks = IntStream.range(0, 50_000).boxed().toList();
		this.daemon.on("count").streams(chunks, null);
		StepVerifier.create(this.bridge.command("count").retrieveFlux(Integer.class).limitRate(16).collectList())
			.expectNext(chunks)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void itFailsWithACode() {
		this.daemon.on("open").fails("no such file", "NOT_FOUND");
		StepVerifier.create(this.bridge.command("open").retrieveMono(Void.class))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(CommandFailedException.class,
					(failed) -> assertThat(failed.code()).isEqualTo("NOT_FOUND")))
			.verify(LIMIT);
	}

	@Test
	void whatItDoesNotKnowIsAnError() {
		StepVerifier.create(this.bridge.command("nonsense").retrieveMono(Void.class))
			.expectError(CommandFailedException.class)
			.verify(LIMIT);
	}

	@Test
	void itHangs() {
		this.daemon.on("wait").hangs();
		StepVerifier.create(this.bridge.command("wait").timeout(Duration.ofMillis(100)).retrieveMono(Void.class))
			.expectError(CommandTimeoutException.class)
			.verify(LIMIT);
	}

	@Test
	void itDiesAndIsStartedAgain() {
		this.daemon.on("crash").dies();
		this.daemon.on("hello").returns("again");
		StepVerifier.create(this.bridge.command("crash").retrieveMono(Void.class))
			.expectError(ConnectionLostException.class)
			.verify(LIMIT);
		this.bridge.states().filter((state) -> state == BridgeState.READY).blockFirst(LIMIT);
		assertThat(this.bridge.command("hello").retrieveMono(String.class).block(LIMIT)).isEqualTo("again");
	}

	@Test
	void itEmitsEvents() {
		Flux<BridgeEvent> changes = this.bridge.events("file*");
		StepVerifier.create(changes.map((event) -> String.valueOf(event.json()))).then(() -> {
			this.bridge.start().block(LIMIT);
			this.daemon.emits("other", null);
			this.daemon.emits("fileChanged", "a.txt");
		}).expectNext("\"a.txt\"").thenCancel().verify(LIMIT);
	}

	@Test
	void itRefusesToStartUntilItRecovers() {
		this.daemon.refusesToStart("out of order");
		StepVerifier.create(this.bridge.start())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(BridgeStartException.class)
				.hasMessageContaining("out of order"))
			.verify(LIMIT);
		this.daemon.recovers();
		this.bridge.start().block(LIMIT);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.READY);
	}

}
