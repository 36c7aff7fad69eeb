package dev.rustbridge.sdk;

import java.time.Duration;
import java.util.Map;

import dev.rustbridge.CommandTimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gives up a call ends its handler.
 */
class CancelIntegrationTests {

	@Test
	void whenAMonoIsCancelledTheHandlerIsDropped() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Disposable call = sdk.bridge().command("wait").retrieveMono(Void.class).subscribe();
			sdk.awaitEvent("waiting");
			call.dispose();
			assertThat(sdk.awaitEvent("dropped").as(Boolean.class)).isTrue();
		}
	}

	@Test
	void whenAFluxIsCancelledTheHandlerIsDropped() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Disposable call = sdk.bridge().command("wait").retrieveFlux(JsonNode.class).subscribe();
			sdk.awaitEvent("waiting");
			call.dispose();
			assertThat(sdk.awaitEvent("dropped").as(Boolean.class)).isTrue();
		}
	}

	@Test
	void whenACallTimesOutTheHandlerIsDropped() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			StepVerifier
				.create(sdk.bridge().command("wait").timeout(Duration.ofMillis(300)).retrieveFlux(JsonNode.class))
				.expectError(CommandTimeoutException.class)
				.verify(Sdk.LIMIT);
			assertThat(sdk.awaitEvent("dropped").as(Boolean.class)).isTrue();
		}
	}

	@Test
	void takeEndsAStreamThatHasNoEnd() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Flux<Long> numbers = sdk.bridge()
				.command("count")
				.params(Map.of("to", Long.MAX_VALUE))
				.retrieveFlux(Long.class);
			StepVerifier.create(numbers.take(100)).expectNextCount(100).expectComplete().verify(Sdk.LIMIT);
		}
	}

	@Test
	void aHandlerThatEndsGracefullyIsHeardNoMore() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Disposable call = sdk.bridge()
				.command("graceful")
				.params(Map.of("text", "too late"))
				.retrieveMono(String.class)
				.subscribe();
			sdk.awaitEvent("waiting");
			call.dispose();
			// its last word comes for a call that was forgotten, and is no violation
			StepVerifier.create(sdk.bridge().command("void").retrieveMono(Void.class))
				.expectComplete()
				.verify(Sdk.LIMIT);
		}
	}

	@Test
	void aClassicDaemonIsNotToldAndItsLateAnswerIsIgnored() {
		try (Sdk sdk = Sdk.start(Sdk.classic())) {
			StepVerifier
				.create(sdk.bridge()
					.command("sleep")
					.params(Map.of("ms", 1000))
					.timeout(Duration.ofMillis(50))
					.retrieveMono(Void.class))
				.expectError(CommandTimeoutException.class)
				.verify(Sdk.LIMIT);
			// answered behind the late answer of the first
			StepVerifier.create(sdk.bridge().command("sleep").params(Map.of("ms", 1100)).retrieveMono(JsonNode.class))
				.expectNextCount(1)
				.expectComplete()
				.verify(Sdk.LIMIT);
			JsonNode counts = sdk.bridge().command("counts").retrieveMono(JsonNode.class).block(Sdk.LIMIT);
			assertThat(counts.get("ignored").asInt()).isZero();
		}
	}

}
