package dev.rustbridge.sdk;

import java.util.Map;
import java.util.stream.LongStream;

import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Demand of a subscriber is what a daemon sends by.
 */
class CreditIntegrationTests {

	private static final int PREFETCH = 32;

	private static Flux<Long> count(RustBridge bridge, long to) {
		return bridge.command("count").params(Map.of("to", to)).retrieveFlux(Long.class);
	}

	private static long sent(RustBridge bridge) {
		return bridge.command("sent").retrieveMono(Long.class).block(Sdk.LIMIT);
	}

	@Test
	void theDaemonSendsNoMoreThanDemandAndPrefetch() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			StepVerifier.create(count(sdk.bridge(), 100_000), 0).thenRequest(10).expectNextCount(10).then(() -> {
				await().until(() -> sent(sdk.bridge()) > 10);
				assertOthersAreServed(sdk.bridge());
				assertThat(sent(sdk.bridge())).isLessThanOrEqualTo(10 + PREFETCH);
			}).thenRequest(20).expectNextCount(20).then(() -> {
				assertOthersAreServed(sdk.bridge());
				assertThat(sent(sdk.bridge())).isLessThanOrEqualTo(30 + PREFETCH);
			}).thenCancel().verify(Sdk.LIMIT);
		}
	}

	@Test
	void aSubscriberThatAsksForOneAtATimeGetsAll() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			StepVerifier.create(count(sdk.bridge(), 5000).limitRate(1).collectList())
				.assertNext((numbers) -> assertThat(numbers).isEqualTo(LongStream.range(0, 5000).boxed().toList()))
				.expectComplete()
				.verify(Sdk.LIMIT);
		}
	}

	@Test
	void aSubscriberWithoutALimitGetsAll() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			StepVerifier.create(count(sdk.bridge(), 50_000).count())
				.expectNext(50_000L)
				.expectComplete()
				.verify(Sdk.LIMIT);
		}
	}

	@Test
	void manyStreamsThatNobodyReadsHoldUpNobody() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			StepVerifier.create(Flux.range(0, 19).flatMap((i) -> count(sdk.bridge(), 100_000), 19, 1), 1)
				.expectNextCount(1)
				.then(() -> assertOthersAreServed(sdk.bridge()))
				.thenCancel()
				.verify(Sdk.LIMIT);
		}
	}

	@Test
	void aStreamOfAClassicDaemonHonoursDemandToo() {
		try (Sdk sdk = Sdk.start(Sdk.classic())) {
			Flux<JsonNode> chunks = sdk.bridge()
				.command("stream")
				.params(Map.of("count", 20_000))
				.retrieveFlux(JsonNode.class);
			StepVerifier.create(chunks.limitRate(1).map((chunk) -> chunk.get("index").asLong()).collectList())
				.assertNext((indexes) -> assertThat(indexes).isEqualTo(LongStream.range(0, 20_000).boxed().toList()))
				.expectComplete()
				.verify(Sdk.LIMIT);
		}
	}

	private static void assertOthersAreServed(RustBridge bridge) {
		StepVerifier
			.create(Flux.range(0, 500)
				.flatMap((i) -> bridge.command("echo").params(i).retrieveMono(Integer.class), 50)
				.count())
			.expectNext(500L)
			.expectComplete()
			.verify(Sdk.LIMIT);
	}

}
