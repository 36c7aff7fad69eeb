package dev.rustbridge.boot.handler;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.BridgeInitializer;
import dev.rustbridge.boot.UnknownBridgeException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that cannot be, and what the start says about them.
 */
class InvalidHandlerIntegrationTests {

	private final ApplicationContextRunner chaos = BridgeContexts.chaosSearch();

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
