package dev.rustbridge.boot.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventInterceptor;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.RustBridgeEvent;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static dev.rustbridge.boot.BridgeContexts.search;
import static dev.rustbridge.boot.event.Emission.emit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What stands around the reactions to events, and gives them thread-locals.
 */
class BridgeEventInterceptorIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	/** Stands for a trace: something of a thread that has an accessor. */
	private static final ThreadLocal<String> BAGGAGE = new ThreadLocal<>();

	private final ApplicationContextRunner runner = BridgeContexts.chaosSearch().withBean(Log.class);

	@BeforeEach
	void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(new BaggageAccessor());
	}

	@AfterEach
	void remove() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(BaggageAccessor.KEY);
	}

	@Test
	void aListenerHasTheThreadLocalsThatAnInterceptorGaveIt() {
		this.runner.withUserConfiguration(Carrying.class).withBean(Listener.class).run((context) -> {
			emit(context, "tick", 1);
			expect(context, "listener tick");
		});
	}

	@Test
	void whatAListenerReturnsHasThemOnOtherThreadsToo() {
		this.runner.withUserConfiguration(Carrying.class).withBean(ReactiveListener.class).run((context) -> {
			emit(context, "tick", 1);
			expect(context, "later tick");
		});
	}

	@Test
	void aHandlerThatRepliesHasThem() {
		this.runner.withUserConfiguration(Carrying.class).withBean(Replies.class).run((context) -> {
			Answer answer = ask(context);
			assertThat(answer.doubled()).isEqualTo(42);
			expect(context, "handler query");
		});
	}

	@Test
	void interceptorsRunOnNoThreadOfABridge() {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		this.runner.withBean(BridgeEventInterceptor.class, () -> (event, reaction) -> {
			threads.add(Thread.currentThread().getName());
			return reaction;
		}).withBean(Listener.class).withBean(Replies.class).run((context) -> {
			ask(context);
			emit(context, "tick", 1);
			expect(context, "handler null", "listener null");
			assertThat(threads).isNotEmpty().allMatch((name) -> name.startsWith("rustbridge-dispatch-"));
		});
	}

	@Test
	void interceptorsAreCalledInTheirOrder() {
		this.runner.withUserConfiguration(Two.class).withBean(Listener.class).run((context) -> {
			emit(context, "tick", 1);
			expect(context, "outer", "inner", "listener null");
		});
	}

	@Test
	void theNextEventWaitsForAnInterceptorThatTakesItsTime() {
		// the first one takes longest
		this.runner
			.withBean(BridgeEventInterceptor.class,
					() -> (event, reaction) -> Mono.delay(Duration.ofMillis(20 - tick(event) * 10L)).then(reaction))
			.withBean(IndexListener.class)
			.run((context) -> {
				emit(context, "tick", 3);
				expect(context, "index 0", "index 1", "index 2");
			});
	}

	@Test
	void anInterceptorThatFailsHarmsNoOtherEvent() {
		this.runner.withBean(BridgeEventInterceptor.class, () -> (event, reaction) -> {
			if (tick(event) == 1) {
				throw new IllegalStateException("not this one");
			}
			return reaction;
		}).withBean(IndexListener.class).run((context) -> {
			emit(context, "tick", 3);
			expect(context, "index 0", "index 2");
		});
	}

	@Test
	void anInterceptorMayNeedABridge() {
		this.runner.withUserConfiguration(Needy.class).withBean(Listener.class).run((context) -> {
			assertThat(context).hasNotFailed();
			emit(context, "tick", 1);
			expect(context, "over search", "listener null");
		});
	}

	private static Answer ask(ApplicationContext context) {
		return search(context).command("ask")
			.params(Map.of("event", "query", "value", 21))
			.retrieveMono(Answer.class)
			.block(LIMIT);
	}

	private static int tick(RustBridgeEvent event) {
		return event.getName().equals("tick") ? Objects.requireNonNull(event.as(Tick.class)).index() : 0;
	}

	private static void expect(ApplicationContext context, String... lines) {
		Log log = context.getBean(Log.class);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(log.lines).containsExactly(lines));
	}

	record Answer(int doubled) {

	}

	record Question(int value) {

	}

	static class Log {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		void add(String line) {
			this.lines.add(line);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Carrying {

		@Bean
		BridgeEventInterceptor carrying() {
			return (event, reaction) -> reaction
				.contextWrite((context) -> context.put(BaggageAccessor.KEY, event.getName()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		@Order(2)
		BridgeEventInterceptor inner(Log log) {
			return logging("inner", log);
		}

		@Bean
		@Order(1)
		BridgeEventInterceptor outer(Log log) {
			return logging("outer", log);
		}

		private static BridgeEventInterceptor logging(String name, Log log) {
			return (event, reaction) -> event.getName().equals("tick")
					? Mono.fromRunnable(() -> log.add(name)).then(reaction) : reaction;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Needy {

		@Bean
		BridgeEventInterceptor needy(RustBridge search, Log log) {
			return (event, reaction) -> {
				if (event.getName().equals("tick")) {
					log.add("over " + search.name());
				}
				return reaction;
			};
		}

	}

	record Listener(Log log) {

		@BridgeEventListener(event = "tick")
		void tick() {
			this.log.add("listener " + BAGGAGE.get());
		}

	}

	record IndexListener(Log log) {

		@BridgeEventListener(event = "tick")
		void tick(Tick tick) {
			this.log.add("index " + tick.index());
		}

	}

	record ReactiveListener(Log log) {

		@BridgeEventListener(event = "tick")
		Mono<Void> tick() {
			return Mono.delay(Duration.ZERO)
				.then(Mono.deferContextual((context) -> Mono.fromRunnable(
						() -> this.log.add("later " + context.getOrDefault(BaggageAccessor.KEY, "nothing")))));
		}

	}

	record Replies(Log log) {

		@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
		Answer query(Question question) {
			this.log.add("handler " + BAGGAGE.get());
			return new Answer(question.value() * 2);
		}

	}

	private static final class BaggageAccessor implements ThreadLocalAccessor<String> {

		static final String KEY = "baggage";

		@Override
		public Object key() {
			return KEY;
		}

		@Override
		public String getValue() {
			return BAGGAGE.get();
		}

		@Override
		public void setValue(String value) {
			BAGGAGE.set(value);
		}

		@Override
		public void setValue() {
			BAGGAGE.remove();
		}

	}

}
