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
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.RustBridgeCustomizer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static dev.rustbridge.boot.BridgeContexts.search;
import static dev.rustbridge.boot.event.Emission.emit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Events that come faster than they are listened to.
 */
class BridgeEventOverflowIntegrationTests {

	private final ApplicationContextRunner runner = BridgeContexts.chaosSearch();

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

}
