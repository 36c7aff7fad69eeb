package dev.rustbridge.boot.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.boot.UnknownBridgeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;

import static dev.rustbridge.boot.BridgeContexts.search;
import static dev.rustbridge.boot.event.Emission.emit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Events of a daemon, published in the application.
 */
class BridgeEventIntegrationTests {

	private final ApplicationContextRunner runner = BridgeContexts.chaosSearch();

	@Test
	void eventsArePublishedInTheirOrder() {
		this.runner.withBean(Ticks.class).run((context) -> {
			emit(context, "tick", 500);
			Ticks ticks = context.getBean(Ticks.class);
			await().untilAsserted(() -> assertThat(ticks.indexes)
				.containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList()));
			assertThat(ticks.threads).allMatch((name) -> name.startsWith("rustbridge-dispatch-"));
		});
	}

	@Test
	void anEventIsAnApplicationEventWithACondition() {
		this.runner.withBean(Conditional.class).run((context) -> {
			emit(context, "other", 1);
			emit(context, "tick", 1);
			Conditional listener = context.getBean(Conditional.class);
			await().until(() -> !listener.events.isEmpty());
			assertThat(listener.events).singleElement().satisfies((event) -> {
				assertThat(event.getBridge()).isEqualTo("search");
				assertThat(event.getName()).isEqualTo("tick");
				assertThat(event.getGeneration()).isEqualTo(1);
				assertThat(event.getJson()).isEqualTo("{\"index\":0}");
				assertThat(event.as(Tick.class)).isEqualTo(new Tick(0));
				assertThat(event.getSource()).isSameAs(context.getBean("search"));
			});
		});
	}

	@Test
	void aConditionChoosesAmongTheEventsOfABridge() {
		this.runner.withBean(Choosy.class).run((context) -> {
			emit(context, "tick", 4);
			await().untilAsserted(() -> assertThat(context.getBean(Choosy.class).indexes).containsExactly(2, 3));
		});
	}

	@Test
	void aPatternChoosesEvents() {
		this.runner.withBean(Patterns.class).run((context) -> {
			emit(context, "watch:1", 1);
			emit(context, "unwatch", 1);
			emit(context, "watch:2", 1);
			Patterns listener = context.getBean(Patterns.class);
			await().until(() -> listener.names.size() == 2);
			assertThat(listener.names).containsExactly("watch:1", "watch:2");
		});
	}

	@Test
	void theDataIsBoundToTheGenericTypeOfTheParameter() {
		this.runner.withBean(Generic.class).run((context) -> {
			search(context).command("emit")
				.params(Map.of("event", "list", "data", List.of(Map.of("index", 7))))
				.retrieveMono(Void.class)
				.block(Duration.ofSeconds(10));
			Generic listener = context.getBean(Generic.class);
			await().untilAsserted(() -> assertThat(listener.ticks).containsExactly(new Tick(7)));
		});
	}

	@Test
	void anEventWithoutDataIsNull() {
		this.runner.withBean(Nothing.class).run((context) -> {
			search(context).command("raw")
				.params(Map.of("lines", List.of("{\"event\":\"bare\"}")))
				.retrieveMono(Void.class)
				.block(Duration.ofSeconds(10));
			await().untilAsserted(() -> assertThat(context.getBean(Nothing.class).heard).isTrue());
		});
	}

	@Test
	void aReactiveListenerIsSubscribedTo() {
		this.runner.withBean(Reactive.class).run((context) -> {
			emit(context, "tick", 1);
			await().untilAsserted(() -> assertThat(context.getBean(Reactive.class).indexes).containsExactly(0));
		});
	}

	@Test
	void listenersRunWithTheContextThatTheApplicationPropagates() {
		this.runner.withBean(Ticks.class).withBean(TaskDecorator.class, () -> (task) -> () -> {
			Thread.currentThread().setName("rustbridge-dispatch-decorated");
			task.run();
		}).run((context) -> {
			emit(context, "tick", 1);
			Ticks ticks = context.getBean(Ticks.class);
			await().untilAsserted(() -> assertThat(ticks.threads).containsExactly("rustbridge-dispatch-decorated"));
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void listenersRunOnVirtualThreadsWhereTheyAreEnabled() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").withBean(Ticks.class).run((context) -> {
			emit(context, "tick", 1);
			Ticks ticks = context.getBean(Ticks.class);
			await().until(() -> !ticks.kinds.isEmpty());
			assertThat(ticks.kinds).allMatch((kind) -> kind.startsWith("VirtualThread"));
		});
	}

	@Test
	void aListenerToAnUnknownBridgeStopsTheStart() {
		this.runner.withBean(Unknown.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnknownBridgeException.class)
				.hasMessageContaining("There is no bridge 'serach', as named by @BridgeEventListener on Unknown.on"));
	}

	static class Choosy {

		final List<Integer> indexes = new CopyOnWriteArrayList<>();

		@BridgeEventListener(bridge = "search", event = "tick", condition = "#tick.index() >= 2")
		void on(Tick tick) {
			this.indexes.add(tick.index());
		}

	}

	static class Ticks {

		final List<Integer> indexes = new CopyOnWriteArrayList<>();

		final List<String> threads = new CopyOnWriteArrayList<>();

		final List<String> kinds = new CopyOnWriteArrayList<>();

		@Order(100)
		@BridgeEventListener(bridge = "search", event = "tick")
		void on(Tick tick) {
			this.indexes.add(tick.index());
			this.threads.add(Thread.currentThread().getName());
			this.kinds.add(Thread.currentThread().toString());
		}

	}

	static class Conditional {

		final List<RustBridgeEvent> events = new CopyOnWriteArrayList<>();

		@EventListener(condition = "#event.bridge == 'search' and #event.name == 'tick'")
		void on(RustBridgeEvent event) {
			this.events.add(event);
		}

	}

	static class Patterns {

		final List<String> names = new CopyOnWriteArrayList<>();

		@BridgeEventListener(event = "watch:*")
		void on(RustBridgeEvent event) {
			this.names.add(event.getName());
		}

	}

	static class Generic {

		final List<Tick> ticks = new CopyOnWriteArrayList<>();

		@BridgeEventListener(event = "list")
		private void on(List<Tick> ticks) {
			this.ticks.addAll(ticks);
		}

	}

	static class Nothing {

		volatile boolean heard;

		@BridgeEventListener(event = "bare")
		void on(@Nullable Tick tick) {
			this.heard = (tick == null);
		}

	}

	static class Reactive {

		final List<Integer> indexes = new CopyOnWriteArrayList<>();

		@BridgeEventListener(event = "tick")
		Mono<Void> on(Tick tick) {
			return Mono.fromRunnable(() -> this.indexes.add(tick.index()));
		}

	}

	static class Unknown {

		@BridgeEventListener(bridge = "serach")
		void on(Tick tick) {
		}

	}

}
