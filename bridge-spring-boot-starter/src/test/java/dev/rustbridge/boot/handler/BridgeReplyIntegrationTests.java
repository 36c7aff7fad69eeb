package dev.rustbridge.boot.handler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeExceptionHandler;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.RustBridgeEvent;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static dev.rustbridge.boot.BridgeContexts.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Events of the daemon that are questions, and the commands that answer them.
 */
class BridgeReplyIntegrationTests {

	private final ApplicationContextRunner chaos = BridgeContexts.chaosSearch();

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
	void handlersCannotBeCombinedWithPausingEvents() {
		this.chaos.withPropertyValues("rustbridge.bridges.search.events.overflow=pause")
			.withBean(Replies.class)
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("events.overflow=pause"));
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

	record Question(int value) {

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

}
