package dev.rustbridge.boot.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.RustBridgeStateEvent;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static dev.rustbridge.boot.BridgeContexts.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is published of the life of a bridge.
 */
class BridgeStateEventIntegrationTests {

	private final ApplicationContextRunner runner = BridgeContexts.chaosSearch();

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
