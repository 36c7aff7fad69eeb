package dev.rustbridge.sdk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.CommandFailedException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any publisher as an upload.
 */
class UploadIntegrationTests {

	@Test
	void itemsArriveInOrderAndWhole() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			List<Integer> doubled = sdk.bridge()
				.command("double")
				.upload(Flux.range(0, 2000))
				.retrieveFlux(Integer.class)
				.collectList()
				.block(Sdk.LIMIT);
			assertThat(doubled).isEqualTo(Flux.range(0, 2000).map((i) -> 2 * i).collectList().block());
		}
	}

	@Test
	void aPublisherIsAskedForNoMoreThanTheDaemonTakes() {
		AtomicLong requested = new AtomicLong();
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Flux<Integer> doubled = sdk.bridge()
				.command("double")
				.upload(Flux.range(0, 1_000_000).doOnRequest(requested::addAndGet))
				.retrieveFlux(Integer.class);
			StepVerifier.create(doubled, 0).thenRequest(10).expectNextCount(10).then(() -> {
				// its chunks wait for demand, so it reads no more items, and grants no
				// more
				sdk.bridge().command("echo").params(1).retrieveMono(Integer.class).block(Sdk.LIMIT);
				assertThat(requested.get()).isLessThan(1000);
			}).thenCancel().verify(Sdk.LIMIT);
		}
	}

	@Test
	void anEmptyPublisherEndsTheUpload() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			assertThat(sdk.bridge().command("sum").upload(Flux.empty()).retrieveMono(Long.class).block(Sdk.LIMIT))
				.isZero();
		}
	}

	@Test
	void aPublisherThatFailsIsToldToTheHandler() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Flux<Integer> failing = Flux.concat(Flux.just(1), Flux.error(new IllegalStateException("disk full")));
			StepVerifier.create(sdk.bridge().command("sum").upload(failing).retrieveMono(Long.class))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(CommandFailedException.class)
					.hasMessageContaining("disk full"))
				.verify(Sdk.LIMIT);
		}
	}

	@Test
	void anAnswerThatComesEarlyCancelsThePublisher() throws InterruptedException {
		CountDownLatch cancelled = new CountDownLatch(1);
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			Flux<String> endless = Flux.concat(Flux.just("a", "b"), Flux.never()).doOnCancel(cancelled::countDown);
			assertThat(sdk.bridge().command("first").upload(endless).retrieveMono(String.class).block(Sdk.LIMIT))
				.isEqualTo("a");
			assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aClassicDaemonIsSentNothing() {
		AtomicLong requested = new AtomicLong();
		try (Sdk sdk = Sdk.start(Sdk.classic())) {
			StepVerifier
				.create(sdk.bridge()
					.command("echo")
					.upload(Flux.range(0, 3).doOnRequest(requested::addAndGet))
					.retrieveMono(JsonNode.class))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(BridgeProtocolException.class)
					.hasMessageContaining("upload"))
				.verify(Sdk.LIMIT);
			JsonNode counts = sdk.bridge()
				.command("counts")
				.params(Map.of())
				.retrieveMono(JsonNode.class)
				.block(Sdk.LIMIT);
			assertThat(counts.get("received").asInt()).isOne();
			assertThat(requested).hasValue(0);
		}
	}

}
