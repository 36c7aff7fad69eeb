package dev.rustbridge.boot.handler;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeExceptionHandler;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.BridgeHandlerException;
import dev.rustbridge.boot.BridgeHandlerInterceptor;
import dev.rustbridge.boot.BridgeInitializer;
import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.boot.UnknownBridgeException;
import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDeniedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BridgeHandlerIntegrationTests {

	private final ApplicationContextRunner chaos = BridgeContexts.chaos()
		.withPropertyValues("rustbridge.bridges.search.args=--management");

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

	@Test
	void anEventIsAnsweredByItsReplyWithTheCorrelationIdFilledIn() {
		this.chaos.withBean(Replies.class).run((context) -> {
			JsonNode answer = ask(context, "query");
			assertThat(answer.path("doubled").asInt()).isEqualTo(42);
			assertThat(answer.path("correlationId").asString()).startsWith("q_");
		});
	}

	@Test
	void anEventThatIsAnsweredIsNotPublishedUnlessAskedFor() {
		this.chaos.withBean(Replies.class).withBean(Hears.class).run((context) -> {
			ask(context, "query");
			ask(context, "loud");
			assertThat(context.getBean(Hears.class).loud.join()).isEqualTo("loud");
			assertThat(context.getBean(Hears.class).names).doesNotContain("query");
		});
	}

	@Test
	void aReplyThatFailsIsNotSentUnlessAnExceptionHandlerGivesOne() {
		this.chaos.withBean(Replies.class).run((context) -> {
			assertThat(ask(context, "mapped").path("denied").asBoolean()).isTrue();
			assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> ask(context, "failing"));
		});
	}

	@Test
	void theInstanceThatAskedGetsTheReply() {
		this.chaos.withPropertyValues("rustbridge.bridges.search.instances=3")
			.withBean(Replies.class)
			.run((context) -> {
				List<JsonNode> answers = Flux.range(0, 30)
					.flatMap((index) -> asked(context, "query"), 30)
					.collectList()
					.block(Duration.ofSeconds(30));
				assertThat(answers).hasSize(30)
					.allSatisfy((answer) -> assertThat(answer.path("doubled").asInt()).isEqualTo(42));
			});
	}

	@Test
	void noMoreAreAnsweredAtTheSameTimeThanTheLimit() {
		this.chaos.withBean(Limited.class).run((context) -> {
			Flux.range(0, 12).flatMap((index) -> asked(context, "limited"), 12).blockLast(Duration.ofSeconds(30));
			assertThat(context.getBean(Limited.class).most).hasValueLessThanOrEqualTo(2);
		});
	}

	@Test
	void anInitializerRunsBeforeTheFirstCommand() {
		this.chaos.withBean(Initializes.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Initializes.class).generations).containsExactly(1L);
			search(context).restart().block(Duration.ofSeconds(20));
			assertThat(context.getBean(Initializes.class).generations).containsExactly(1L, 2L);
		});
	}

	@Test
	void allMistakesInHandlersAreToldAtOnce() {
		this.chaos.withBean(Wrong.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidHandlerException.class)
				.satisfies((ex) -> assertThat(((InvalidHandlerException) ex).mistakes()).containsExactlyInAnyOrder(
						"Wrong.both: a handler says either the 'method' that it answers, or the 'event' and its 'reply'",
						"Wrong.unanswered: the 'reply' to the event is missing",
						"Wrong.many: an answer is one value: return a Mono, not a Flux",
						"Wrong.two: there is only one value that can be bound: take one object",
						"Wrong.initialize: an initializer takes a BridgeSession and nothing else")));
	}

	@Test
	void aHandlerOfAnUnknownBridgeStopsTheStart() {
		this.chaos.withBean(Unknown.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(UnknownBridgeException.class));
	}

	@Test
	void aHandlerOfCallsNeedsADeclaredBridge() {
		BridgeContexts.plain()
			.withUserConfiguration(Programmatic.class)
			.withBean(OfMine.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining(
						"is built by the application itself, so it must be given this by Builder.onCall"));
	}

	@Test
	void handlersCannotBeCombinedWithPausingEvents() {
		this.chaos.withPropertyValues("rustbridge.bridges.search.events.overflow=pause")
			.withBean(Replies.class)
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("events.overflow=pause"));
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

	private static JsonNode ask(ApplicationContext context, String event) {
		return asked(context, event).block(Duration.ofSeconds(10));
	}

	private static Mono<JsonNode> asked(ApplicationContext context, String event) {
		return search(context).command("ask")
			.params(Map.of("event", event, "value", 21))
			.timeout(event.equals("failing") ? Duration.ofMillis(500) : Duration.ofSeconds(10))
			.retrieveMono(JsonNode.class);
	}

	private static RustBridge search(ApplicationContext context) {
		return context.getBean("search", RustBridge.class);
	}

	record User(String user) {

	}

	record Number(int user) {

	}

	record Greeting(String text) {

	}

	record Question(int value) {

	}

	static class Gone extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Gone(String message) {
			super(message);
		}

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

	static class Replies {

		@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
		Mono<Map<String, Object>> query(Question question) {
			return Mono.just(Map.of("doubled", question.value() * 2));
		}

		@BridgeHandler(bridge = "search", event = "loud", reply = "queryResult", publish = true)
		Map<String, Object> loud(Question question) {
			return Map.of();
		}

		@BridgeHandler(bridge = "search", event = "mapped", reply = "queryResult")
		Map<String, Object> mapped(Question question) {
			throw new Gone("away");
		}

		@BridgeHandler(bridge = "search", event = "failing", reply = "queryResult")
		Map<String, Object> failing(Question question) {
			throw new IllegalStateException("meant to fail");
		}

		@BridgeExceptionHandler
		Map<String, Object> onGone(Gone gone) {
			return Map.of("denied", true);
		}

	}

	static class Hears {

		final List<String> names = new CopyOnWriteArrayList<>();

		final CompletableFuture<String> loud = new CompletableFuture<>();

		@BridgeEventListener
		void on(RustBridgeEvent event) {
			this.names.add(event.getName());
			if (event.getName().equals("loud")) {
				this.loud.complete("loud");
			}
		}

	}

	static class Limited {

		final AtomicInteger now = new AtomicInteger();

		final AtomicInteger most = new AtomicInteger();

		@BridgeHandler(bridge = "search", event = "limited", reply = "queryResult", concurrency = 2)
		Mono<Map<String, Object>> limited(Question question) {
			this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
			return Mono.delay(Duration.ofMillis(10)).map((tick) -> {
				this.now.decrementAndGet();
				return Map.of();
			});
		}

	}

	static class Initializes {

		final List<Long> generations = new CopyOnWriteArrayList<>();

		@BridgeInitializer(bridge = "search")
		Mono<Void> initialize(BridgeSession session) {
			return session.command("echo")
				.params(Map.of("hello", 1))
				.retrieveMono(JsonNode.class)
				.doOnNext((answer) -> this.generations.add(session.generation()))
				.then();
		}

	}

	static class Wrong {

		@BridgeHandler(bridge = "search", method = "a", event = "b", reply = "c")
		void both() {
		}

		@BridgeHandler(bridge = "search", event = "unanswered")
		void unanswered() {
		}

		@BridgeHandler(bridge = "search", method = "many")
		Flux<String> many() {
			return Flux.empty();
		}

		@BridgeHandler(bridge = "search", method = "two")
		void two(String left, String right) {
		}

		@BridgeInitializer(bridge = "search")
		void initialize(String text) {
		}

	}

	static class Unknown {

		@BridgeHandler(bridge = "serach", method = "a")
		void on() {
		}

	}

	static class OfMine {

		@BridgeHandler(bridge = "mine", method = "a")
		void on() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Programmatic {

		@Bean
		RustBridge mine() {
			return RustBridge.builder("mine").binaryPath(BridgeContexts.chaosDaemon()).build();
		}

	}

}
