package dev.rustbridge.boot.handler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeInitializer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static dev.rustbridge.boot.BridgeContexts.search;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every new daemon is told first.
 */
class BridgeInitializerIntegrationTests {

	private final ApplicationContextRunner chaos = BridgeContexts.chaosSearch();

	@Test
	void anInitializerRunsBeforeTheFirstCommand() {
		this.chaos.withBean(Initializes.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Initializes.class).generations).containsExactly(1L);
			search(context).restart().block(Duration.ofSeconds(20));
			assertThat(context.getBean(Initializes.class).generations).containsExactly(1L, 2L);
		});
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

}
