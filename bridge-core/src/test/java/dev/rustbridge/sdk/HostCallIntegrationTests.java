package dev.rustbridge.sdk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Handlers of the daemon that ask the application.
 */
class HostCallIntegrationTests {

	private static final int LIMIT_OF_CALLS = 256;

	private static CommandSpec ask(RustBridge bridge, String method, Object params) {
		return bridge.command("ask").params(Map.of("method", method, "params", params));
	}

	private static CommandFailedException failure(Mono<?> call) {
		return catchThrowableOfType(CommandFailedException.class, () -> call.block(Sdk.LIMIT));
	}

	@Test
	void aHandlerOfTheApplicationAnswersTheDaemon() {
		try (Sdk sdk = Sdk.start(Sdk.example("gatekeeper")
			.onCall("authorize", (call) -> Mono
				.just(Map.of("allowed", call.as(JsonNode.class).get("user").asString().equals("ada")))))) {
			CommandSpec open = sdk.bridge().command("open");
			assertThat(open.params(Map.of("door", "front", "user", "ada")).retrieveMono(String.class).block(Sdk.LIMIT))
				.isEqualTo("front is open");
			assertThat(failure(open.params(Map.of("door", "front", "user", "eve")).retrieveMono(String.class)).code())
				.isEqualTo("PERMISSION_DENIED");
		}
	}

	@Test
	void aMethodThatTheApplicationDoesNotHaveIsAnError() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			CommandFailedException failure = failure(
					ask(sdk.bridge(), "nobody", Map.of()).retrieveMono(JsonNode.class));
			assertThat(failure.code()).isEqualTo("UNKNOWN_METHOD");
			assertThat(failure.error()).contains("nobody");
		}
	}

	@Test
	void anErrorOfAHandlerReachesTheDaemonWhole() {
		try (Sdk sdk = Sdk.start(Sdk.workbench()
			.onCall("authorize", (call) -> Mono.error(new CommandFailedException(Origin.bridge(call.bridge()),
					"not you", "NOT_YOU", "{\"who\":[1]}"))))) {
			CommandFailedException failure = failure(
					ask(sdk.bridge(), "authorize", Map.of()).retrieveMono(JsonNode.class));
			assertThat(failure.error()).isEqualTo("not you");
			assertThat(failure.code()).isEqualTo("NOT_YOU");
			assertThat(failure.details()).isEqualTo("{\"who\":[1]}");
		}
	}

	@Test
	void aHandlerThatThrowsIsAnError() {
		try (Sdk sdk = Sdk.start(Sdk.workbench().onCall("authorize", (call) -> {
			throw new IllegalStateException("out of order");
		}))) {
			CommandFailedException failure = failure(
					ask(sdk.bridge(), "authorize", Map.of()).retrieveMono(JsonNode.class));
			assertThat(failure.code()).isEqualTo("INTERNAL");
			assertThat(failure.error()).contains("out of order");
		}
	}

	@Test
	void whenTheCommandIsGivenUpTheHandlerIsDisposedOf() throws InterruptedException {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch disposed = new CountDownLatch(1);
		try (Sdk sdk = Sdk.start(Sdk.workbench()
			.onCall("slow",
					(call) -> Mono.never()
						.doOnSubscribe((subscription) -> called.countDown())
						.doOnCancel(disposed::countDown)))) {
			Disposable asking = ask(sdk.bridge(), "slow", Map.of()).retrieveMono(JsonNode.class).subscribe();
			assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
			asking.dispose();
			assertThat(disposed.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void overTheLimitOfOpenCallsTheHostRefusesAtOnce() {
		AtomicInteger running = new AtomicInteger();
		Sinks.One<Boolean> release = Sinks.one();
		try (Sdk sdk = Sdk.start(Sdk.workbench().onCall("hold", (call) -> {
			running.incrementAndGet();
			return release.asMono();
		}))) {
			Mono<Integer> refused = sdk.bridge()
				.command("askMany")
				.params(Map.of("method", "hold", "times", LIMIT_OF_CALLS + 44))
				.retrieveMono(Integer.class);
			StepVerifier.create(refused).then(() -> {
				await().untilAsserted(() -> assertThat(running).hasValue(LIMIT_OF_CALLS));
				// behind the last of the daemon's calls, so that each of them was judged
				sdk.bridge().command("echo").params(1).retrieveMono(Integer.class).block(Sdk.LIMIT);
				release.tryEmitValue(true).orThrow();
			}).expectNext(44).expectComplete().verify(Sdk.LIMIT);
			assertThat(running).hasValue(LIMIT_OF_CALLS);
		}
	}

	@Test
	void aCommandThatAHandlerSendsMeanwhileDoesNotWaitForItsOwnCommand() {
		AtomicReference<RustBridge> bridge = new AtomicReference<>();
		try (Sdk sdk = Sdk.start(Sdk.workbench()
			.onCall("back",
					(call) -> bridge.get()
						.command("askOne")
						.params(Map.of("method", "pong", "params", 1))
						.retrieveMono(Integer.class))
			.onCall("pong", (call) -> Mono.just(7)))) {
			bridge.set(sdk.bridge());
			// the method lets one in at a time, and is entered once more from within
			Mono<Integer> answer = sdk.bridge()
				.command("askOne")
				.params(Map.of("method", "back", "params", Map.of()))
				.retrieveMono(Integer.class);
			assertThat(answer.block(Sdk.LIMIT)).isEqualTo(7);
		}
	}

	@Test
	void callsOfManyCommandsAreToldApart() {
		try (Sdk sdk = Sdk.start(Sdk.workbench().onCall("double", (call) -> Mono.just(2 * call.as(Integer.class))))) {
			List<Integer> doubled = Flux.range(0, 300)
				.flatMapSequential((i) -> ask(sdk.bridge(), "double", i).retrieveMono(Integer.class), 15)
				.collectList()
				.block(Sdk.LIMIT);
			assertThat(doubled).isEqualTo(Flux.range(0, 300).map((i) -> 2 * i).collectList().block());
		}
	}

	@Test
	void aClassicDaemonAsksByAnEventAndIsAnsweredByACommand() {
		try (Sdk sdk = Sdk.start(Sdk.classic().onCall("query", (call) -> Mono.just("never called")))) {
			RustBridge bridge = sdk.bridge();
			Disposable answering = bridge.events("query")
				.map((event) -> event.as(JsonNode.class))
				.flatMap((query) -> bridge.command("queryResult")
					.params(Map.of("correlationId", query.get("correlationId"), "answer",
							query.get("value").asInt() + 1))
					.retrieveMono(Void.class))
				.subscribe();
			JsonNode answer = bridge.command("ask")
				.params(Map.of("value", 1))
				.retrieveMono(JsonNode.class)
				.block(Sdk.LIMIT);
			assertThat(answer.get("answer").asInt()).isEqualTo(2);
			answering.dispose();
		}
	}

}
