package dev.rustbridge.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.BridgeEncodingException;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOverloadedException;
import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.PayloadTooLargeException;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of one command, line by line.
 */
class AnswerTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final List<BridgeListener.Violation> violations = new CopyOnWriteArrayList<>();

	private final LineDaemon daemon = new LineDaemon();

	private RustBridge bridge = bridge(this.daemon).build();

	private RustBridge.Builder bridge(LineDaemon behind) {
		return RustBridge.builder("test").transport(behind.transport()).listener(new BridgeListener() {
			@Override
			public void protocolViolation(Violation violation, String excerpt) {
				AnswerTests.this.violations.add(violation);
			}
		});
	}

	private <T> CompletableFuture<T> call(Class<T> type) {
		return this.bridge.command("m").retrieveMono(type).toFuture();
	}

	private static <T extends Throwable> T failureOf(CompletableFuture<?> call, Class<T> type) {
		Throwable failure = catchThrowable(() -> call.get(5, TimeUnit.SECONDS));
		assertThat(failure).hasCauseInstanceOf(type);
		return type.cast(failure.getCause());
	}

	@AfterEach
	void nothingIsLeft() {
		await().untilAsserted(() -> assertThat(this.bridge.info().inFlight()).isZero());
		this.bridge.close();
	}

	@Test
	void parametersAreAlwaysPresent() {
		CompletableFuture<String> call = call(String.class);
		JsonNode line = this.daemon.receive();
		assertThat(line.get("params")).hasToString("{}");
		this.daemon.send("{\"id\":\"" + line.get("id").stringValue() + "\",\"success\":true}");
		assertThat(call.join()).isNull();
	}

	@Test
	void theResultMayComeBeforeTheId() {
		CompletableFuture<Integer> call = call(Integer.class);
		this.daemon.send("{\"result\":7,\"unknown\":[{}],\"success\":true,\"id\":\"" + this.daemon.receiveId() + "\"}");
		assertThat(call.join()).isEqualTo(7);
	}

	@Test
	void largeNumbersStayExact() {
		CompletableFuture<Long> call = call(Long.class);
		this.daemon
			.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":true,\"result\":9223372036854775807}");
		assertThat(call.join()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void onlyTheLiteralTrueIsSuccess() {
		CompletableFuture<Integer> call = call(Integer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":\"true\",\"result\":1}");
		failureOf(call, CommandFailedException.class);
	}

	@Test
	void anErrorObjectIsTold() {
		CompletableFuture<Integer> call = call(Integer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId()
				+ "\",\"success\":false,\"error\":{\"why\":\"x\"},\"code\":\"NOPE\",\"details\":{\"n\":1}}");
		CommandFailedException failure = failureOf(call, CommandFailedException.class);
		assertThat(failure.error()).isEqualTo("{\"why\":\"x\"}");
		assertThat(failure.code()).isEqualTo("NOPE");
		assertThat(failure.details()).isEqualTo("{\"n\":1}");
	}

	@Test
	void aResultThatDoesNotFitFailsItsOwnCallWithThePath() {
		record Item(int size) {
		}
		record Answer(List<Item> items) {
		}
		CompletableFuture<Answer> call = call(Answer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId()
				+ "\",\"success\":true,\"result\":{\"items\":[{\"size\":1},{\"size\":\"big\"}]}}");
		assertThat(failureOf(call, BridgeDecodingException.class).path()).isEqualTo("items[1].size");
		CompletableFuture<Integer> next = call(Integer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":true,\"result\":1}");
		assertThat(next.join()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "42", "null", "[]", "hello", "{", "{\"id\":1}", "\u0000",
			"{\"id\":\"req_x_99\",\"success\":true}" })
	void noiseIsSkippedAndTheConnectionLives(String noise) {
		CompletableFuture<Integer> call = call(Integer.class);
		String id = this.daemon.receiveId();
		this.daemon.send(noise);
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":1}");
		assertThat(call.join()).isOne();
		assertThat(this.violations).hasSize(1);
	}

	@Test
	void aBrokenAnswerFailsItsCallAtOnce() {
		CompletableFuture<Integer> call = call(Integer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"nonsense\":true}");
		failureOf(call, BridgeProtocolException.class);
	}

	@Test
	void anAnswerThatComesTwiceIsCounted() {
		CompletableFuture<Integer> call = call(Integer.class);
		String answer = "{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":true,\"result\":1}";
		this.daemon.send(answer);
		this.daemon.send(answer);
		assertThat(call.join()).isOne();
		await().untilAsserted(() -> assertThat(this.violations).containsExactly(BridgeListener.Violation.UNKNOWN_ID));
	}

	@Test
	void anAnswerThatComesLateIsNoViolation() {
		this.bridge.start().block(LIMIT);
		CompletableFuture<Integer> late = this.bridge.command("m")
			.timeout(Duration.ofMillis(500))
			.retrieveMono(Integer.class)
			.toFuture();
		String id = this.daemon.receiveId();
		failureOf(late, CommandTimeoutException.class);
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":1}");
		CompletableFuture<Integer> next = call(Integer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":true,\"result\":2}");
		assertThat(next.join()).isEqualTo(2);
		assertThat(this.violations).isEmpty();
	}

	@Test
	void aCancelledCommandIsForgotten() {
		Disposable call = this.bridge.command("m").retrieveMono(Integer.class).subscribe();
		String id = this.daemon.receiveId();
		call.dispose();
		assertThat(this.bridge.info().inFlight()).isZero();
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true}");
		CompletableFuture<Integer> next = call(Integer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":true,\"result\":2}");
		assertThat(next.join()).isEqualTo(2);
	}

	@Test
	void nothingIsSentBeforeASubscription() {
		this.bridge.start().block(LIMIT);
		this.bridge.command("never").retrieveMono(Integer.class);
		CompletableFuture<Integer> call = call(Integer.class);
		JsonNode line = this.daemon.receive();
		assertThat(line.get("method").stringValue()).isEqualTo("m");
		this.daemon.send("{\"id\":\"" + line.get("id").stringValue() + "\",\"success\":true,\"result\":2}");
		assertThat(call.join()).isEqualTo(2);
	}

	@Test
	void whatCannotBeALineFailsItsOwnCallOnTheCaller() {
		this.bridge.start().block(LIMIT);
		Thread caller = Thread.currentThread();
		StepVerifier
			.create(this.bridge.command("m")
				.params(new RawValue("{\"a\":\n1}"))
				.retrieveMono(Integer.class)
				.doOnError((error) -> assertThat(Thread.currentThread()).isSameAs(caller)))
			.expectError(BridgeEncodingException.class)
			.verify(LIMIT);
		assertThat(this.daemon.poll()).isNull();
	}

	@Test
	void aLoneSurrogateIsNotSent() {
		this.bridge.start().block(LIMIT);
		StepVerifier.create(this.bridge.command("m").params(Map.of("text", "\ud800")).retrieveMono(Integer.class))
			.expectError(BridgeEncodingException.class)
			.verify(LIMIT);
	}

	@Test
	void aMessageOverTheLimitIsNotSent() {
		this.bridge.close();
		this.bridge = bridge(new LineDaemon()).maxMessageSize(2048).build();
		StepVerifier.create(this.bridge.command("m").params("x".repeat(4096)).retrieveMono(Integer.class))
			.expectError(PayloadTooLargeException.class)
			.verify(LIMIT);
	}

	@Test
	void anAnswerOverTheLimitFailsItsCallAtOnceAndItsTailIsNoLine() {
		this.bridge.close();
		LineDaemon large = new LineDaemon();
		this.bridge = bridge(large).maxMessageSize(2048).build();
		CompletableFuture<String> call = call(String.class);
		String id = large.receiveId();
		large.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":\"" + "x".repeat(4096) + "{\\\"id\\\":\\\"" + id
				+ "\\\"}\"}");
		failureOf(call, PayloadTooLargeException.class);
		CompletableFuture<Integer> next = call(Integer.class);
		large.send("{\"id\":\"" + large.receiveId() + "\",\"success\":true,\"result\":2}");
		assertThat(next.join()).isEqualTo(2);
		assertThat(this.violations).containsExactly(BridgeListener.Violation.OVERSIZED);
	}

	@Test
	void overTheLimitOfPendingCallsOneFailsAtOnce() {
		this.bridge.close();
		LineDaemon slow = new LineDaemon();
		this.bridge = bridge(slow).maxInFlight(2).build();
		this.bridge.start().block(LIMIT);
		CompletableFuture<Integer> first = call(Integer.class);
		CompletableFuture<Integer> second = call(Integer.class);
		StepVerifier.create(this.bridge.command("m").retrieveMono(Integer.class))
			.expectError(BridgeOverloadedException.class)
			.verify(LIMIT);
		slow.send("{\"id\":\"" + slow.receiveId() + "\",\"success\":true,\"result\":1}");
		slow.send("{\"id\":\"" + slow.receiveId() + "\",\"success\":true,\"result\":2}");
		assertThat(first.join() + second.join()).isEqualTo(3);
	}

	@Test
	void whoIsAnsweredMaySendTheNextCallInItsPlace() {
		this.bridge.close();
		LineDaemon single = new LineDaemon();
		this.bridge = bridge(single).maxInFlight(1).build();
		this.bridge.start().block(LIMIT);
		CompletableFuture<Integer> chain = this.bridge.command("m")
			.retrieveMono(Integer.class)
			.flatMap((first) -> this.bridge.command("m").retrieveMono(Integer.class).map((second) -> first + second))
			.toFuture();
		single.send("{\"id\":\"" + single.receiveId() + "\",\"success\":true,\"result\":1}");
		single.send("{\"id\":\"" + single.receiveId() + "\",\"success\":true,\"result\":2}");
		assertThat(chain.join()).isEqualTo(3);
	}

	@Test
	void whenTheConnectionEndsEveryPendingCallFails() {
		CompletableFuture<Integer> first = call(Integer.class);
		CompletableFuture<Integer> second = call(Integer.class);
		this.daemon.receive();
		this.daemon.receive();
		this.daemon.end();
		failureOf(first, ConnectionLostException.class);
		failureOf(second, ConnectionLostException.class);
	}

	@Test
	void anAnswerBeforeTheEndStillCounts() {
		CompletableFuture<Integer> call = call(Integer.class);
		this.daemon.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":true,\"result\":1}");
		this.daemon.end();
		assertThat(call.join()).isOne();
	}

	@Test
	void whatTheProtocolAsksForItselfIsNoCommandToListeners() {
		this.bridge.close();
		LineDaemon extended = LineDaemon.extended("errors");
		List<String> told = new CopyOnWriteArrayList<>();
		this.bridge = bridge(extended).listener(new BridgeListener() {
			@Override
			public void commandStarted(String method) {
				told.add("started " + method);
			}

			@Override
			public void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
				told.add("ended " + method);
			}
		}).build();
		CompletableFuture<String> call = call(String.class);
		for (int line = 0; line < 2; line++) {
			extended.send("{\"id\":\"" + extended.receiveId() + "\",\"success\":true}");
		}
		call.join();
		assertThat(told).containsExactly("started m", "ended m");
	}

	@Test
	void aStoppedBridgeRefusesCommands() {
		this.bridge.start().block(LIMIT);
		this.bridge.stop().block(LIMIT);
		StepVerifier.create(this.bridge.command("m").retrieveMono(Integer.class))
			.expectError(BridgeUnavailableException.class)
			.verify(LIMIT);
	}

}
