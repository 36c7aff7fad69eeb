package dev.rustbridge.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of events that a subscriber has no room for.
 */
class EventOverflowIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final AtomicInteger dropped = new AtomicInteger();

	private final SlowSubscriber slow = new SlowSubscriber();

	private RustBridge bridge;

	@AfterEach
	void close() {
		this.bridge.close();
	}

	private void start(RustBridge.Builder builder) {
		this.bridge = builder.listener(new BridgeListener() {
			@Override
			public void eventDropped(String name) {
				EventOverflowIntegrationTests.this.dropped.incrementAndGet();
			}
		}).build();
		this.bridge.events("tick").subscribe(this.slow);
		this.bridge.start().block(LIMIT);
	}

	private Mono<JsonNode> emit(int count) {
		return this.bridge.command("emit").params(Map.of("count", count)).retrieveMono(JsonNode.class);
	}

	private static List<Integer> range(int from, int to) {
		List<Integer> range = new ArrayList<>();
		for (int i = from; i < to; i++) {
			range.add(i);
		}
		return range;
	}

	@Test
	void theOldestAreDroppedByDefault() {
		start(Daemons.chaosBridge().eventsBuffer(10));
		emit(100).block(LIMIT);
		this.slow.request(100);
		await().until(() -> this.slow.indexes.size() == 10);
		assertThat(this.slow.indexes).isEqualTo(range(90, 100));
		assertThat(this.dropped).hasValue(90);
	}

	@Test
	void theNewestAreDroppedIfToldSo() {
		start(Daemons.chaosBridge().eventsBuffer(10).eventsOverflow(OverflowPolicy.DROP_NEWEST));
		emit(100).block(LIMIT);
		this.slow.request(100);
		await().until(() -> this.slow.indexes.size() == 10);
		assertThat(this.slow.indexes).isEqualTo(range(0, 10));
		assertThat(this.dropped).hasValue(90);
	}

	@Test
	void noneIsLostWhereTheConnectionPauses() {
		start(Daemons.chaosBridge().eventsBuffer(10).eventsOverflow(OverflowPolicy.PAUSE));
		int all = 50_000;
		CompletableFuture<JsonNode> answer = emit(all).toFuture();
		while (this.slow.indexes.size() < all) {
			int before = this.slow.indexes.size();
			this.slow.request(5_000);
			await().atMost(LIMIT).until(() -> this.slow.indexes.size() >= Math.min(all, before + 5_000));
		}
		assertThat(this.slow.indexes).isEqualTo(range(0, all));
		assertThat(answer).succeedsWithin(LIMIT);
		assertThat(this.dropped).hasValue(0);
	}

	@Test
	void aSubscriberThatHoldsUpTheConnectionForTooLongFails() {
		start(Daemons.chaosBridge()
			.eventsBuffer(10)
			.eventsOverflow(OverflowPolicy.PAUSE)
			.streamStallTimeout(Duration.ofMillis(300)));
		// the answer comes behind the events
		assertThat(emit(50_000).block(LIMIT)).isNotNull();
		assertThat(this.slow.failure).succeedsWithin(LIMIT)
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("stream-stall-timeout"));
	}

	@Test
	void pausingIsRefusedTogetherWithHandlers() {
		start(Daemons.chaosBridge());
		assertThatThrownBy(() -> Daemons.chaosBridge()
			.eventsOverflow(OverflowPolicy.PAUSE)
			.onCall("authorize", (call) -> Mono.empty())
			.build()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("events.overflow");
	}

	@Test
	void aSubscriberThatThrowsHarmsNobodyElse() {
		start(Daemons.chaosBridge());
		this.bridge.events().subscribe(new BaseSubscriber<>() {
			@Override
			protected void hookOnNext(BridgeEvent event) {
				throw new IllegalStateException("thrown by a test");
			}
		});
		this.slow.request(10);
		assertThat(emit(10).block(LIMIT)).isNotNull();
		await().until(() -> this.slow.indexes.size() == 10);
	}

	/**
	 * Requests only what the test tells it to.
	 */
	private static final class SlowSubscriber extends BaseSubscriber<BridgeEvent> {

		private final List<Integer> indexes = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// not before the test says so
		}

		@Override
		protected void hookOnNext(BridgeEvent event) {
			this.indexes.add(event.as(JsonNode.class).get("index").asInt());
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			this.failure.complete(throwable);
		}

	}

}
