package dev.rustbridge.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

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
		this.daemon.on("add")
			.answers((command) -> command.params().get("a").asInt() + command.params().get("b").asInt());
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
		this.daemon.on("count").streams(chunks);
		StepVerifier.create(this.bridge.command("count").retrieveFlux(Integer.class).limitRate(16).collectList())
			.expectNext(chunks)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void itFailsWithACode() {
		this.daemon.on("open").fails("NOT_FOUND", "no such file");
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
	void itCrashesAndIsStartedAgain() {
		this.daemon.on("crash").crashes();
		this.daemon.on("hello").returns("again");
		StepVerifier.create(this.bridge.command("crash").retrieveMono(Void.class))
			.expectError(ConnectionLostException.class)
			.verify(LIMIT);
		this.bridge.states().filter((state) -> state == BridgeState.READY).blockFirst(LIMIT);
		assertThat(this.bridge.command("hello").retrieveMono(String.class).block(LIMIT)).isEqualTo("again");
	}

	@Test
	void theEventsAndCallsOfAScriptCarryTheTraceOfTheCommand() {
		Map<String, String> trace = Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
		AtomicReference<Map<String, String>> called = new AtomicReference<>();
		ScriptedDaemon asking = new ScriptedDaemon();
		asking.on("open").emits("opened", null).calls("authorize", null);
		try (RustBridge traced = RustBridge.builder("traced")
			.transport(asking.transport())
			.onCall("authorize", (call) -> {
				called.set(call.trace());
				return Mono.empty();
			})
			.build()) {
			Mono<BridgeEvent> opened = traced.events("opened").next().cache();
			opened.subscribe();
			traced.start().block(LIMIT);
			traced.command("open")
				.retrieveMono(Void.class)
				.contextWrite((context) -> context.put("dev.rustbridge.trace", trace))
				.block(LIMIT);
			assertThat(opened.block(LIMIT).trace()).isEqualTo(trace);
			assertThat(called.get()).isEqualTo(trace);
			assertThat(asking.received("open").get(0).trace()).isEqualTo(trace);
		}
	}

	@Test
	void itEmitsEvents() {
		Flux<BridgeEvent> changes = this.bridge.events("file*");
		StepVerifier.create(changes.map((event) -> String.valueOf(event.json()))).then(() -> {
			this.bridge.start().block(LIMIT);
			this.daemon.emits("other");
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

	@Test
	void itDoesOneThingAfterTheOther() {
		this.daemon.on("search")
			.delays(Duration.ofMillis(1))
			.emits("progress", 50)
			.streams("a", "b")
			.streams(Flux.just("c"))
			.returns("done");
		StreamingResponse<String, String> search = this.bridge.command("search")
			.retrieveStream(String.class, String.class);
		Flux<String> events = this.bridge.events("progress").map((event) -> String.valueOf(event.json()));
		StepVerifier.create(Flux.merge(events.take(1), search.chunks().concatWith(search.result())))
			.expectNext("50", "a", "b", "c", "done")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void itStreamsNoMoreThanIsAskedFor() {
		AtomicLong made = new AtomicLong();
		this.daemon.on("count").streams(Flux.<Long>generate((sink) -> sink.next(made.incrementAndGet())));
		StepVerifier.create(this.bridge.command("count").retrieveFlux(Long.class).take(3))
			.expectNext(1L, 2L, 3L)
			.expectComplete()
			.verify(LIMIT);
		await().untilAsserted(() -> assertThat(this.daemon).hasBeenCancelled("count"));
		assertThat(made).hasValueLessThan(100_000);
	}

	@Test
	void itCallsTheHostInTheMiddleOfACommand() {
		ScriptedDaemon asking = new ScriptedDaemon();
		asking.on("open").calls("authorize", "me");
		try (RustBridge host = RustBridge.builder("host")
			.onCall("authorize", (call) -> Mono.just("yes, " + call.as(String.class)))
			.transport(asking.transport())
			.build()) {
			assertThat(host.command("open").retrieveMono(String.class).block(LIMIT)).isEqualTo("yes, me");
		}
	}

	@Test
	void aCallThatTheHostRefusesFailsTheCommand() {
		this.daemon.on("open").calls("authorize", null).returns("never");
		StepVerifier.create(this.bridge.command("open").retrieveMono(String.class))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(CommandFailedException.class,
					(failed) -> assertThat(failed.code()).isEqualTo("UNKNOWN_METHOD")))
			.verify(LIMIT);
	}

	@Test
	void aClassicDaemonTakesNoUploads() {
		this.daemon.classic().on("index").returns(null);
		StepVerifier.create(this.bridge.command("index").upload(Flux.just("a")).retrieveMono(Void.class))
			.expectError(BridgeException.class)
			.verify(LIMIT);
		assertThat(this.daemon).hasReceivedNothing();
	}

	@Test
	void withoutAHostItCannotCall() {
		StepVerifier.create(this.daemon.calls("authorize", null))
			.expectError(IllegalStateException.class)
			.verify(LIMIT);
	}

	@Test
	void anAssertionThatDoesNotHoldSaysWhatWasReceived() {
		this.daemon.on("stats").returns(1);
		this.bridge.command("stats").params(Map.of("of", "all")).retrieveMono(Integer.class).block(LIMIT);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.daemon).hasReceived("stats", Map.of("of", "none")))
			.withMessageContainingAll("stats{\"of\":\"none\"}", "stats{\"of\":\"all\"}");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.daemon).hasReceived("search"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.daemon).hasBeenCancelled("stats"));
	}

}
