package dev.rustbridge.boot.handler;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeExceptionHandler;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.BridgeHandlerException;
import dev.rustbridge.boot.BridgeHandlerInterceptor;
import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.security.authorization.AuthorizationDeniedException;

import static dev.rustbridge.boot.BridgeContexts.search;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of the daemon, answered by the methods of beans.
 */
class BridgeHandlerIntegrationTests {

	@TempDir
	Path folder;

	@Test
	void aCallIsAnsweredWithTheValueOfAMono() {
		JsonNode answer = call("reactive");
		assertThat(answer.path("success").asBoolean()).isTrue();
		assertThat(answer.path("result").path("text").asString()).isEqualTo("hello ann");
	}

	@Test
	void aCallIsAnsweredByAPlainMethodThatMayBlock() {
		assertThat(call("plain").path("result").path("text").asString()).isEqualTo("hello ann");
	}

	@Test
	void aCallIsAnsweredWithTheValueOfAFuture() {
		assertThat(call("future").path("result").path("text").asString()).isEqualTo("hello ann");
	}

	@Test
	void aCallThatReturnsNothingSucceeds() {
		assertThat(call("nothing").path("success").asBoolean()).isTrue();
	}

	@Test
	void anInterceptorStandsAroundAHandler() {
		BridgeHandlerInterceptor interceptor = (call, answer) -> answer
			.contextWrite((context) -> context.put("who", call.method()));
		JsonNode answer = call("contextual", interceptor);
		assertThat(answer.path("result").path("text").asString()).isEqualTo("hello contextual");
	}

	@Test
	void aPlainHandlerRunsWithTheThreadLocalsThatTheContextHolds() {
		ThreadLocal<String> who = Calls.WHO;
		ContextRegistry registry = ContextRegistry.getInstance();
		registry.registerThreadLocalAccessor("local", who);
		try {
			BridgeHandlerInterceptor interceptor = (call, answer) -> answer
				.contextWrite((context) -> context.put("local", call.method()));
			JsonNode answer = call("local", interceptor);
			assertThat(answer.path("result").path("text").asString()).isEqualTo("hello local");
		}
		finally {
			registry.removeThreadLocalAccessor("local");
		}
	}

	@Test
	void aHandlerMayTakeTheCallItself() {
		assertThat(call("whole").path("result").path("text").asString()).isEqualTo("hello whole");
	}

	@Test
	void aChosenErrorGoesToTheDaemonWithItsCode() {
		assertError(call("chosen"), "NOT_FOUND", "no such user");
	}

	@Test
	void anExceptionHandlerSaysTheCodeAndTheWords() {
		assertError(call("mapped"), "GONE", "it is gone: 7");
	}

	@Test
	void theNearestExceptionHandlerWins() {
		assertError(call("nearest"), "VERY_GONE", "deeper");
	}

	@Test
	void anIllegalArgumentIsInvalidParams() {
		assertError(call("illegal"), "INVALID_PARAMS", "no good");
	}

	@Test
	void parametersThatCannotBeBoundAreInvalidParams() {
		assertThat(call("unbound").path("code").asString()).isEqualTo("INVALID_PARAMS");
	}

	@Test
	void whatSpringSecurityDeniesIsPermissionDenied() {
		assertError(call("denied"), "PERMISSION_DENIED", "not yours");
	}

	@Test
	void aTimeoutIsADeadlineExceeded() {
		assertError(call("late"), "DEADLINE_EXCEEDED", "too late");
	}

	@Test
	void anyOtherFailureIsInternal() {
		assertThat(call("broken").path("code").asString()).isEqualTo("INTERNAL");
	}

	private JsonNode call(String method) {
		return call(method, (call, answer) -> answer);
	}

	private JsonNode call(String method, BridgeHandlerInterceptor interceptor) {
		JsonNode[] answer = new JsonNode[1];
		BridgeContexts.calling(this.folder)
			.withBean(BridgeHandlerInterceptor.class, () -> interceptor)
			.withPropertyValues("rustbridge.bridges.search.enabled=true")
			.withBean(Calls.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				answer[0] = search(context).command("ask")
					.params(Map.of("call", method, "user", "ann"))
					.retrieveMono(JsonNode.class)
					.block(Duration.ofSeconds(10));
			});
		return answer[0];
	}

	private static void assertError(JsonNode answer, String code, String words) {
		assertThat(answer.path("success").asBoolean(true)).isFalse();
		assertThat(answer.path("code").asString()).isEqualTo(code);
		assertThat(answer.path("error").asString()).isEqualTo(words);
	}

	record User(String user) {

	}

	record Number(int user) {

	}

	record Greeting(String text) {

	}

	static class VeryGone extends Gone {

		private static final long serialVersionUID = 1L;

		VeryGone(String message) {
			super(message);
		}

	}

	static class Calls {

		private static final ThreadLocal<String> WHO = new ThreadLocal<>();

		@BridgeHandler(bridge = "search", method = "reactive")
		Mono<Greeting> reactive(User user) {
			return Mono.delay(Duration.ofMillis(5)).map((tick) -> new Greeting("hello " + user.user()));
		}

		@BridgeHandler(bridge = "search", method = "plain")
		Greeting plain(User user) {
			return Mono.delay(Duration.ofMillis(5)).map((tick) -> new Greeting("hello " + user.user())).block();
		}

		@BridgeHandler(bridge = "search", method = "future")
		private CompletableFuture<Greeting> future(User user) {
			return CompletableFuture.completedFuture(new Greeting("hello " + user.user()));
		}

		@BridgeHandler(bridge = "search", method = "nothing")
		void nothing() {
		}

		@BridgeHandler(bridge = "search", method = "contextual")
		Mono<Greeting> contextual() {
			return Mono.deferContextual((context) -> Mono.just(new Greeting("hello " + context.get("who"))));
		}

		@BridgeHandler(bridge = "search", method = "local")
		Greeting local() {
			return new Greeting("hello " + WHO.get());
		}

		@BridgeHandler(bridge = "search", method = "whole")
		Greeting whole(BridgeCall call) {
			return new Greeting("hello " + call.method());
		}

		@BridgeHandler(bridge = "search", method = "chosen")
		Greeting chosen(User user) {
			throw new BridgeHandlerException("NOT_FOUND", "no such user");
		}

		@BridgeHandler(bridge = "search", method = "mapped")
		Mono<Greeting> mapped(User user) {
			return Mono.error(new Gone("7"));
		}

		@BridgeHandler(bridge = "search", method = "nearest")
		Greeting nearest(User user) {
			throw new VeryGone("deeper");
		}

		@BridgeHandler(bridge = "search", method = "illegal")
		Greeting illegal(User user) {
			throw new IllegalArgumentException("no good");
		}

		@BridgeHandler(bridge = "search", method = "unbound")
		Greeting unbound(Number number) {
			return new Greeting("never");
		}

		@BridgeHandler(bridge = "search", method = "denied")
		Greeting denied() {
			throw new AuthorizationDeniedException("not yours");
		}

		@BridgeHandler(bridge = "search", method = "late")
		Greeting late() throws TimeoutException {
			throw new TimeoutException("too late");
		}

		@BridgeHandler(bridge = "search", method = "broken")
		Greeting broken() {
			throw new IllegalStateException("broken");
		}

		@BridgeExceptionHandler(code = "GONE")
		String onGone(Gone gone) {
			return "it is gone: " + gone.getMessage();
		}

		@BridgeExceptionHandler(code = "VERY_GONE")
		void onVeryGone(VeryGone gone) {
		}

	}

}
