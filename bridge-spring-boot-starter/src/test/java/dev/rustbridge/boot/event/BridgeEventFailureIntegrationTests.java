package dev.rustbridge.boot.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.RustBridgeEvent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static dev.rustbridge.boot.event.Emission.emit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Listeners that throw, and who is spared.
 */
class BridgeEventFailureIntegrationTests {

	private final ApplicationContextRunner runner = BridgeContexts.chaosSearch();

	@Test
	void aListenerThatThrowsHarmsNeitherTheOthersNorTheNextEvent() {
		this.runner.withBean(Throwing.class).withBean(BridgeEventIntegrationTests.Ticks.class).run((context) -> {
			emit(context, "tick", 3);
			await().untilAsserted(() -> assertThat(context.getBean(BridgeEventIntegrationTests.Ticks.class).indexes)
				.containsExactly(0, 1, 2));
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

}
