package dev.rustbridge.boot.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.RustBridgeCustomizer;
import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.boot.RustBridgeStateEvent;
import dev.rustbridge.boot.UnknownBridgeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class BridgeEventIntegrationTests {

	private final ApplicationContextRunner runner = BridgeContexts.chaos()
		.withPropertyValues("rustbridge.bridges.search.args=--management");

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
	void aListenerThatThrowsHarmsNeitherTheOthersNorTheNextEvent() {
		this.runner.withBean(Throwing.class).withBean(Ticks.class).run((context) -> {
			emit(context, "tick", 3);
			await().untilAsserted(() -> assertThat(context.getBean(Ticks.class).indexes).containsExactly(0, 1, 2));
			assertThat(context.getBean(Throwing.class).calls).hasSize(6);
		});
	}

	@Test
	void aPlainListenerThatThrowsHarmsNeitherTheOthersNorTheNextEvent() {
		this.runner.withBean(ThrowingPlainly.class).withBean(Plain.class).run((context) -> {
			emit(context, "tick", 2);
			Plain listener = context.getBean(Plain.class);
			await().untilAsserted(() -> assertThat(listener.ticks).hasValue(2));
			assertThat(context.getBean(ThrowingPlainly.class).calls.get()).isGreaterThanOrEqualTo(2);
		});
	}

	@Test
	void whatListenersToOtherEventsThrowStillReachesWhoPublishesThem() {
		this.runner.withBean(ThrowingOnText.class)
			.run((context) -> assertThatIllegalStateException().isThrownBy(() -> context.publishEvent("text")));
	}

	@Test
	void aReactiveListenerIsSubscribedTo() {
		this.runner.withBean(Reactive.class).run((context) -> {
			emit(context, "tick", 1);
			await().untilAsserted(() -> assertThat(context.getBean(Reactive.class).indexes).containsExactly(0));
		});
	}

	@Test
	void whenListenersAreTooSlowTheOldestEventsAreDroppedAndCounted() {
		assertThat(heardBySlowListener("drop-oldest")).containsExactly(0, 96, 97, 98, 99);
	}

	@Test
	void whenListenersAreTooSlowTheNewestEventsAreDroppedIfSoConfigured() {
		assertThat(heardBySlowListener("drop-newest")).containsExactly(0, 1, 2, 3, 4);
	}

	@Test
	void whenListenersAreTooSlowTheConnectionPausesAndNoEventIsDroppedIfSoConfigured() {
		this.runner
			.withPropertyValues("rustbridge.bridges.search.events.buffer=4",
					"rustbridge.bridges.search.events.overflow=pause")
			.withBean(Slow.class)
			.run((context) -> {
				Slow slow = context.getBean(Slow.class);
				emit(context, "tick", 1);
				slow.busy.await();
				// its answer comes after the events, so it waits as they do
				CompletableFuture<Void> emitted = search(context).command("raw")
					.params(Map.of("lines", IntStream.range(1, 5000).mapToObj(Slow::line).toList()))
					.retrieveMono(Void.class)
					.toFuture();
				slow.go.countDown();
				emitted.get(10, TimeUnit.SECONDS);
				await().untilAsserted(() -> assertThat(slow.indexes)
					.containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList()));
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
	void theReadyEventIsPublishedThoughTheBridgeWasStartedBeforeThereWereListeners() {
		this.runner.withUserConfiguration(StartsEarly.class)
			.withBean(Ready.class)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(Ready.class).versions).hasSize(1)));
	}

	@Test
	void statesArePublishedInTheirOrder() {
		this.runner.withBean(States.class).run((context) -> {
			search(context).stop().block(Duration.ofSeconds(10));
			await().untilAsserted(() -> assertThat(context.getBean(States.class).states)
				.startsWith(BridgeState.STARTING, BridgeState.READY)
				.endsWith(BridgeState.STOPPED));
		});
	}

	@Test
	void aBridgeOfTheApplicationPublishesToo() {
		BridgeContexts.plain().withUserConfiguration(Programmatic.class).withBean(States.class).run((context) -> {
			assertThat(context).hasNotFailed();
			await().untilAsserted(() -> assertThat(context.getBean(States.class).states).contains(BridgeState.READY));
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

	/** Emits 100 events while the listener is busy with the first. */
	private List<Integer> heardBySlowListener(String overflow) {
		AtomicInteger dropped = new AtomicInteger();
		List<Integer> heard = new CopyOnWriteArrayList<>();
		this.runner
			.withPropertyValues("rustbridge.bridges.search.events.buffer=4",
					"rustbridge.bridges.search.events.overflow=" + overflow)
			.withBean(RustBridgeCustomizer.class, () -> (name, builder) -> builder.listener(new BridgeListener() {

				@Override
				public void eventDropped(String event) {
					dropped.incrementAndGet();
				}

			}))
			.withBean(Slow.class)
			.run((context) -> {
				Slow slow = context.getBean(Slow.class);
				emit(context, "tick", 1);
				slow.busy.await();
				search(context).command("raw")
					.params(Map.of("lines", IntStream.range(1, 100).mapToObj(Slow::line).toList()))
					.retrieveMono(Void.class)
					.block(Duration.ofSeconds(10));
				slow.go.countDown();
				await().until(() -> slow.indexes.size() == 5);
				heard.addAll(slow.indexes);
			});
		assertThat(dropped).hasValue(95);
		return heard;
	}

	private static void emit(ApplicationContext context, String event, int count) {
		search(context).command("emit")
			.params(Map.of("event", event, "count", count))
			.retrieveMono(Void.class)
			.block(Duration.ofSeconds(10));
	}

	private static RustBridge search(ApplicationContext context) {
		return context.getBean("search", RustBridge.class);
	}

	record Tick(int index) {

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

	static class Slow {

		final List<Integer> indexes = new CopyOnWriteArrayList<>();

		final CountDownLatch busy = new CountDownLatch(1);

		final CountDownLatch go = new CountDownLatch(1);

		static String line(int index) {
			return "{\"event\":\"tick\",\"data\":{\"index\":%d}}".formatted(index);
		}

		@BridgeEventListener(event = "tick")
		void on(Tick tick) throws InterruptedException {
			this.busy.countDown();
			this.go.await();
			this.indexes.add(tick.index());
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

	static class Throwing {

		final List<Object> calls = new CopyOnWriteArrayList<>();

		@Order(1)
		@BridgeEventListener(event = "tick")
		void first(Tick tick) {
			this.calls.add(tick);
			throw new IllegalStateException("meant to fail");
		}

		@Order(2)
		@EventListener(condition = "#event.name == 'tick'")
		void second(RustBridgeEvent event) {
			this.calls.add(event);
			throw new IllegalStateException("meant to fail");
		}

	}

	@Order(1)
	static class ThrowingPlainly implements ApplicationListener<RustBridgeEvent> {

		final AtomicInteger calls = new AtomicInteger();

		@Override
		public void onApplicationEvent(RustBridgeEvent event) {
			this.calls.incrementAndGet();
			throw new IllegalStateException("as a test wants it");
		}

	}

	@Order(2)
	static class Plain implements ApplicationListener<RustBridgeEvent> {

		final AtomicInteger ticks = new AtomicInteger();

		@Override
		public void onApplicationEvent(RustBridgeEvent event) {
			this.ticks.addAndGet(event.getName().equals("tick") ? 1 : 0);
		}

	}

	static class ThrowingOnText {

		@EventListener
		void on(String text) {
			throw new IllegalStateException(text);
		}

	}

	static class Reactive {

		final List<Integer> indexes = new CopyOnWriteArrayList<>();

		@BridgeEventListener(event = "tick")
		Mono<Void> on(Tick tick) {
			return Mono.fromRunnable(() -> this.indexes.add(tick.index()));
		}

	}

	static class Ready {

		final List<Object> versions = new CopyOnWriteArrayList<>();

		@BridgeEventListener(bridge = "search", event = "ready")
		void on(Map<String, Object> data) {
			this.versions.add(data.get("version"));
		}

	}

	static class States {

		final List<BridgeState> states = new CopyOnWriteArrayList<>();

		@EventListener
		void on(RustBridgeStateEvent event) {
			this.states.add(event.getState());
		}

	}

	static class Unknown {

		@BridgeEventListener(bridge = "serach")
		void on(Tick tick) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StartsEarly {

		@Bean
		InitializingBean starter(RustBridge search) {
			return () -> search.start().block(Duration.ofSeconds(10));
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
