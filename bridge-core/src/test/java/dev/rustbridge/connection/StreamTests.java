package dev.rustbridge.connection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams under demand, chunk by chunk.
 */
class StreamTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private LineDaemon daemon = new LineDaemon();

	private RustBridge bridge = RustBridge.builder("test").transport(this.daemon.transport()).build();

	private void use(LineDaemon other, RustBridge.Builder builder) {
		this.bridge.close();
		this.daemon = other;
		this.bridge = builder.transport(other.transport()).build();
		this.bridge.start().block(LIMIT);
	}

	private Flux<Integer> stream() {
		return this.bridge.command("s").retrieveFlux(Integer.class);
	}

	private void chunk(String id, Object data) {
		this.daemon.send("{\"id\":\"" + id + "\",\"stream\":true,\"data\":" + data + "}");
	}

	private void end(String id) {
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":\"done\"}");
	}

	@AfterEach
	void nothingIsLeft() {
		await().untilAsserted(() -> assertThat(this.bridge.info().inFlight()).isZero());
		this.bridge.close();
	}

	@Test
	void chunksAreGivenAsTheyCome() {
		StepVerifier.create(stream()).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			chunk(id, 2);
			end(id);
		}).expectNext(1, 2).expectComplete().verify(LIMIT);
	}

	@Test
	void chunksWaitForDemandAndTheEndWaitsForThem() {
		StepVerifier.create(stream(), 0).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			chunk(id, 2);
			end(id);
		})
			.expectNoEvent(Duration.ofMillis(50))
			.thenRequest(1)
			.expectNext(1)
			.expectNoEvent(Duration.ofMillis(50))
			.thenRequest(1)
			.expectNext(2)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void anErrorOfTheDaemonComesAfterTheChunksThatAreHeld() {
		StepVerifier.create(stream(), 0).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			this.daemon.send("{\"id\":\"" + id + "\",\"success\":false,\"error\":\"no\"}");
		}).thenRequest(2).expectNext(1).expectError(CommandFailedException.class).verify(LIMIT);
	}

	@Test
	void whenTheConnectionEndsAStreamFailsEvenWithoutDemand() {
		StepVerifier.create(stream(), 0).then(() -> {
			chunk(this.daemon.receiveId(), 1);
			this.daemon.end();
		}).expectError(ConnectionLostException.class).verify(LIMIT);
	}

	@Test
	void aChunkThatDoesNotFitFailsItsStream() {
		StepVerifier.create(stream())
			.then(() -> chunk(this.daemon.receiveId(), "\"text\""))
			.expectError(BridgeDecodingException.class)
			.verify(LIMIT);
	}

	@Test
	void aStreamTimesOutOnlyWhenNothingComesWhileThereIsDemand() {
		Flux<Integer> stream = this.bridge.command("s").timeout(Duration.ofMillis(200)).retrieveFlux(Integer.class);
		StepVerifier.create(stream, 0)
			.then(() -> chunk(this.daemon.receiveId(), 1))
			.expectNoEvent(Duration.ofMillis(400))
			.thenRequest(2)
			.expectNext(1)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(CommandTimeoutException.class)
				.hasMessageContaining("nothing came for 200ms"))
			.verify(LIMIT);
	}

	@Test
	void theDeadlineOfAStreamIsForAllOfIt() {
		Flux<Integer> stream = this.bridge.command("s").deadline(Duration.ofMillis(100)).retrieveFlux(Integer.class);
		StepVerifier.create(stream, 0).expectError(CommandTimeoutException.class).verify(LIMIT);
	}

	@Test
	void takeEndsTheStream() {
		StepVerifier.create(stream().take(1)).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			chunk(id, 2);
		}).expectNext(1).expectComplete().verify(LIMIT);
	}

	@Test
	void aSlowSubscriberHoldsUpAClassicDaemonAndNothingFillsTheHeap() {
		use(new LineDaemon(), RustBridge.builder("test").streamBuffer(16 * 1024));
		SlowSubscriber slow = new SlowSubscriber();
		this.bridge.command("s").retrieveFlux(String.class).subscribe(slow);
		String id = this.daemon.receiveId();
		String large = "\"" + "x".repeat(1000) + "\"";
		for (int i = 0; i < 2000; i++) {
			chunk(id, large);
		}
		await().untilAsserted(() -> assertThat(this.daemon.waitingBytes()).isPositive());
		slow.request(Long.MAX_VALUE);
		end(id);
		assertThat(slow.completed.join()).isEqualTo(2000);
		assertThat(this.daemon.waitingBytes()).isZero();
	}

	@Test
	void aStreamThatHoldsUpItsConnectionForTooLongFailsAndTheOthersGoOn() {
		use(new LineDaemon(),
				RustBridge.builder("test").streamBuffer(16 * 1024).streamStallTimeout(Duration.ofMillis(200)));
		SlowSubscriber slow = new SlowSubscriber();
		this.bridge.command("s").retrieveFlux(String.class).subscribe(slow);
		String stalled = this.daemon.receiveId();
		CompletableFuture<Integer> other = this.bridge.command("m").retrieveMono(Integer.class).toFuture();
		String answered = this.daemon.receiveId();
		for (int i = 0; i < 2000; i++) {
			chunk(stalled, "\"" + "x".repeat(1000) + "\"");
		}
		this.daemon.send("{\"id\":\"" + answered + "\",\"success\":true,\"result\":1}");
		assertThat(other.join()).isOne();
		assertThat(slow.completed).isCompletedExceptionally();
		assertThat(slow.failure).isInstanceOf(CommandTimeoutException.class)
			.hasMessageContaining("stream-stall-timeout");
	}

	@Test
	void aSecondSubscriberToTheChunksIsRefused() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks()).then(() -> end(this.daemon.receiveId())).expectComplete().verify(LIMIT);
		StepVerifier.create(exchange.chunks()).expectError(IllegalStateException.class).verify(LIMIT);
		assertThat(this.daemon.poll()).isNull();
	}

	@Test
	void theResultIsReplayedAfterTheEnd() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks()).then(() -> end(this.daemon.receiveId())).expectComplete().verify(LIMIT);
		StepVerifier.create(exchange.result()).expectNext("done").expectComplete().verify(LIMIT);
		StepVerifier.create(exchange.result()).expectNext("done").expectComplete().verify(LIMIT);
	}

	@Test
	void chunksThatCameBeforeTheirSubscriberAreHeld() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		CompletableFuture<String> result = exchange.result().toFuture();
		String id = this.daemon.receiveId();
		chunk(id, 1);
		end(id);
		assertThat(result.join()).isEqualTo("done");
		StepVerifier.create(exchange.chunks()).expectNext(1).expectComplete().verify(LIMIT);
	}

	@Test
	void chunksThatNobodyWantsAreDroppedAndALateSubscriberIsTold() {
		use(new LineDaemon(), RustBridge.builder("test").streamBuffer(4096));
		StreamingResponse<String, String> exchange = this.bridge.command("s")
			.retrieveStream(String.class, String.class);
		CompletableFuture<String> result = exchange.result().toFuture();
		String id = this.daemon.receiveId();
		for (int i = 0; i < 100; i++) {
			chunk(id, "\"" + "x".repeat(1000) + "\"");
		}
		end(id);
		assertThat(result.join()).isEqualTo("done");
		StepVerifier.create(exchange.chunks())
			.expectErrorSatisfies((error) -> assertThat(error).hasMessageContaining("dropped"))
			.verify(LIMIT);
	}

	@Test
	void bothHalvesSeeTheSameErrorAndNeitherMustBeObserved() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks())
			.then(() -> this.daemon
				.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":false,\"error\":\"no\"}"))
			.expectError(CommandFailedException.class)
			.verify(LIMIT);
		StepVerifier.create(exchange.result()).expectError(CommandFailedException.class).verify(LIMIT);
	}

	@Test
	void cancellingTheChunksEndsTheExchange() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks()).then(this.daemon::receiveId).thenCancel().verify(LIMIT);
		StepVerifier.create(exchange.result()).expectError(CancellationException.class).verify(LIMIT);
	}

	// With a daemon that understands more

	@Test
	void cancellingAStreamTellsTheDaemon() {
		use(LineDaemon.extended("cancel"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		String[] id = new String[1];
		StepVerifier.create(stream()).then(() -> id[0] = this.daemon.receiveId()).thenCancel().verify(LIMIT);
		JsonNode cancel = this.daemon.receive();
		assertThat(cancel).hasToString("{\"id\":\"" + id[0] + "\",\"cancel\":true}");
	}

	@Test
	void demandGoesOutAsCredit() {
		use(LineDaemon.extended("credit"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		SlowSubscriber slow = new SlowSubscriber();
		stream().map(String::valueOf).subscribe(slow);
		JsonNode command = this.daemon.receive();
		long initial = command.get("credit").asLong();
		assertThat(initial).isEqualTo(32);
		String id = command.get("id").stringValue();
		slow.request(100);
		JsonNode grant = this.daemon.receive();
		assertThat(grant.get("id").stringValue()).isEqualTo(id);
		assertThat(grant.get("credit").asLong()).isEqualTo(100);
		end(id);
		slow.completed.join();
	}

	@Test
	void withoutALimitNoCreditIsNamed() {
		use(LineDaemon.extended("credit"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		CompletableFuture<Long> count = stream().count().toFuture();
		JsonNode command = this.daemon.receive();
		assertThat(command.has("credit")).isFalse();
		end(command.get("id").stringValue());
		assertThat(count.join()).isZero();
	}

	@Test
	void aDaemonThatOverrunsItsCreditFailsThatCallAlone() {
		use(LineDaemon.extended("credit", "cancel"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		SlowSubscriber slow = new SlowSubscriber();
		stream().map(String::valueOf).subscribe(slow);
		String id = this.daemon.receiveId();
		for (int i = 0; i < 33; i++) {
			chunk(id, i);
		}
		assertThat(this.daemon.receive().get("cancel").booleanValue()).isTrue();
		await().untilAsserted(() -> assertThat(slow.failure).isInstanceOf(BridgeProtocolException.class));
	}

	@Test
	void anUploadGoesOutUnderTheDaemonsCredit() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		TestPublisher<String> items = TestPublisher.create();
		AtomicLong requested = new AtomicLong();
		CompletableFuture<Integer> call = this.bridge.command("u")
			.upload(items.flux().doOnRequest(requested::addAndGet))
			.retrieveMono(Integer.class)
			.toFuture();
		JsonNode command = this.daemon.receive();
		assertThat(command.get("upload").booleanValue()).isTrue();
		String id = command.get("id").stringValue();
		await().until(items::wasSubscribed);
		assertThat(requested.get()).isZero();
		this.daemon.send("{\"id\":\"" + id + "\",\"credit\":2}");
		await().untilAsserted(() -> assertThat(requested.get()).isEqualTo(2));
		items.next("a").complete();
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"stream\":true,\"data\":\"a\"}");
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"end\":true}");
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":1}");
		assertThat(call.join()).isOne();
	}

	@Test
	void anEarlyAnswerCancelsTheUpload() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		TestPublisher<String> items = TestPublisher.create();
		CompletableFuture<Integer> call = this.bridge.command("u").upload(items).retrieveMono(Integer.class).toFuture();
		String id = this.daemon.receiveId();
		await().until(items::wasSubscribed);
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":1}");
		assertThat(call.join()).isOne();
		items.assertCancelled();
	}

	@Test
	void anUploadThatIsGivenUpEndsWhereNothingElseTellsTheDaemon() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		TestPublisher<String> items = TestPublisher.create();
		Disposable call = this.bridge.command("u").upload(items).retrieveMono(Integer.class).subscribe();
		String id = this.daemon.receiveId();
		await().until(items::wasSubscribed);
		call.dispose();
		items.assertCancelled();
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"end\":true,\"error\":\"cancelled\"}");
		items.complete();
		assertNothingFollows();
	}

	@Test
	void anUploadThatHasEndedIsNotEndedAgainWhenItIsGivenUp() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		Disposable call = this.bridge.command("u").upload(Flux.empty()).retrieveMono(Integer.class).subscribe();
		String id = this.daemon.receiveId();
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"end\":true}");
		call.dispose();
		assertNothingFollows();
	}

	@Test
	void anItemThatIsBeingSentComesBeforeTheEndOfAnUploadThatIsGivenUp() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		Disposable.Swap call = Disposables.swap();
		Supplier<String> givesUp = () -> {
			call.dispose();
			return "a";
		};
		call.replace(this.bridge.command("u")
			.upload(Flux.just(new Item(givesUp), new Item(() -> "b")))
			.retrieveMono(Integer.class)
			.subscribe());
		String id = this.daemon.receiveId();
		this.daemon.send("{\"id\":\"" + id + "\",\"credit\":2}");
		assertThat(this.daemon.receive().get("data").get("text").stringValue()).isEqualTo("a");
		assertThat(this.daemon.receive().get("error").stringValue()).isEqualTo("cancelled");
		assertNothingFollows();
	}

	/**
	 * Lines go out in order, so the next command comes first where nothing is before it.
	 */
	private void assertNothingFollows() {
		Disposable next = this.bridge.command("next").retrieveMono(Integer.class).subscribe();
		assertThat(this.daemon.receive().get("method").stringValue()).isEqualTo("next");
		next.dispose();
	}

	/** What happens when it is encoded, is up to the test. */
	private record Item(Supplier<String> source) {

		@JsonValue
		Map<String, String> value() {
			return Map.of("text", this.source.get());
		}

	}

	@Test
	void withoutTheCapabilityAnUploadFailsBeforeAnythingIsWritten() {
		this.bridge.start().block(LIMIT);
		StepVerifier.create(this.bridge.command("u").upload(Flux.just(1)).retrieveMono(Integer.class))
			.expectError(BridgeProtocolException.class)
			.verify(LIMIT);
		assertThat(this.daemon.poll()).isNull();
	}

	@Test
	void rawBytesComeAsTheyAre() {
		use(LineDaemon.extended("bytes"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		CompletableFuture<byte[]> bytes = this.bridge.command("b").retrieveFlux(byte[].class).next().toFuture();
		JsonNode command = this.daemon.receive();
		assertThat(command.get("bytes").booleanValue()).isTrue();
		String id = command.get("id").stringValue();
		this.daemon.send("{\"id\":\"" + id + "\",\"stream\":true,\"bytes\":5}");
		this.daemon.sendBytes(new byte[] { 1, '\n', '{', 0, 5, '\n' });
		assertThat(bytes.join()).containsExactly(1, '\n', '{', 0, 5);
	}

	@Test
	void aCountOfRawBytesThatCannotBeReadEndsTheConnection() {
		use(LineDaemon.extended("bytes"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		StepVerifier.create(this.bridge.command("b").retrieveFlux(byte[].class)).then(() -> {
			String id = this.daemon.receiveId();
			this.daemon.send("{\"id\":\"" + id + "\",\"stream\":true,\"bytes\":-5}");
		})
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(ConnectionLostException.class)
				.hasMessageContaining("raw bytes"))
			.verify(LIMIT);
	}

	@Test
	void aCallOfTheDaemonIsAnswered() {
		use(LineDaemon.extended("calls"), RustBridge.builder("test")
			.onCall("authorize", (call) -> Mono.just(call.as(JsonNode.class).get("n").asInt() + 1)));
		this.daemon.acceptHello();
		this.daemon.send("{\"id\":\"d_1\",\"method\":\"authorize\",\"params\":{\"n\":1}}");
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"d_1\",\"success\":true,\"result\":2}");
		this.daemon.send("{\"id\":\"d_2\",\"method\":\"nobody\",\"params\":{}}");
		assertThat(this.daemon.receive().get("code").stringValue()).isEqualTo("UNKNOWN_METHOD");
	}

	@Test
	void anErrorOfAHandlerKeepsItsCodeAndDetails() {
		use(LineDaemon.extended("calls", "errors"),
				RustBridge.builder("test")
					.onCall("authorize", (call) -> Mono.error(new CommandFailedException(Origin.bridge(call.bridge()),
							"not you", "PERMISSION_DENIED", "{\"who\":[1]}"))));
		this.daemon.acceptHello();
		this.daemon.send("{\"id\":\"d_1\",\"method\":\"authorize\",\"params\":{}}");
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"d_1\",\"success\":false,\"error\":\"not you\","
				+ "\"code\":\"PERMISSION_DENIED\",\"details\":{\"who\":[1]}}");
	}

	private static final class SlowSubscriber extends BaseSubscriber<String> {

		private final CompletableFuture<Integer> completed = new CompletableFuture<>();

		private volatile Throwable failure;

		private int count;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// asks for nothing
		}

		@Override
		protected void hookOnNext(String value) {
			this.count++;
		}

		@Override
		protected void hookOnComplete() {
			this.completed.complete(this.count);
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.failure = error;
			this.completed.completeExceptionally(error);
		}

	}

}
