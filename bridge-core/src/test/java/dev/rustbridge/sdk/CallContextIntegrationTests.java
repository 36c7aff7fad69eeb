package dev.rustbridge.sdk;

import java.time.Duration;
import java.util.Map;

import dev.rustbridge.CommandTimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a handler knows of its call: the time left, and the trace.
 */
class CallContextIntegrationTests {

	private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

	private static final Map<String, String> TRACE = Map.of("traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-01",
			"tracestate", "congo=t61rcWkgMzE");

	private static <T> Mono<T> traced(Mono<T> call) {
		return call.contextWrite((context) -> context.put("dev.rustbridge.trace", TRACE));
	}

	@Test
	void aHandlerKnowsTheTimeThatIsLeft() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			JsonNode known = sdk.bridge()
				.command("describe")
				.timeout(Duration.ofSeconds(7))
				.retrieveMono(JsonNode.class)
				.block(Sdk.LIMIT);
			assertThat(known.get("leftMs").asLong()).isPositive().isLessThanOrEqualTo(7000);
		}
	}

	@Test
	void aHandlerIsEndedAtItsDeadline() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			StepVerifier
				.create(sdk.bridge().command("wait").deadline(Duration.ofMillis(300)).retrieveFlux(JsonNode.class))
				.expectError(CommandTimeoutException.class)
				.verify(Sdk.LIMIT);
			assertThat(sdk.awaitEvent("dropped").as(Boolean.class)).isTrue();
		}
	}

	@Test
	void aHandlerKnowsTheTraceOfTheSubscriber() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			JsonNode known = traced(sdk.bridge().command("describe").retrieveMono(JsonNode.class)).block(Sdk.LIMIT);
			assertThat(known.get("traceId").stringValue()).isEqualTo(TRACE_ID);
			assertThat(known.get("tracestate").stringValue()).isEqualTo("congo=t61rcWkgMzE");
		}
	}

	@Test
	void withoutATraceAHandlerKnowsNone() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			JsonNode known = sdk.bridge().command("describe").retrieveMono(JsonNode.class).block(Sdk.LIMIT);
			assertThat(known.get("traceId").isNull()).isTrue();
		}
	}

	@Test
	void whatAHandlerAsksTheApplicationHasTheTraceAndTheDeadlineOfItsCommand() {
		try (Sdk sdk = Sdk.start(Sdk.workbench().onCall("who", (call) -> {
			assertThat(call.deadline()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(7));
			return Mono.just(call.trace());
		}))) {
			Mono<JsonNode> ask = sdk.bridge()
				.command("ask")
				.params(Map.of("method", "who", "params", Map.of()))
				.timeout(Duration.ofSeconds(7))
				.retrieveMono(JsonNode.class);
			JsonNode trace = traced(ask).block(Sdk.LIMIT);
			assertThat(trace.get("traceparent").stringValue()).contains(TRACE_ID);
			assertThat(trace.get("tracestate").stringValue()).isEqualTo("congo=t61rcWkgMzE");
		}
	}

	@Test
	void anEventOfAHandlerHasTheTraceOfItsCommand() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			traced(emit(sdk, "traced")).block(Sdk.LIMIT);
			assertThat(sdk.awaitEvent("traced").trace()).containsEntry("tracestate", "congo=t61rcWkgMzE")
				.hasEntrySatisfying("traceparent", (parent) -> assertThat(parent).contains(TRACE_ID));
			emit(sdk, "plain").block(Sdk.LIMIT);
			assertThat(sdk.awaitEvent("plain").trace()).isEmpty();
		}
	}

	private static Mono<Void> emit(Sdk sdk, String name) {
		return sdk.bridge().command("emit").params(Map.of("name", name, "data", 1)).retrieveMono(Void.class);
	}

	@Test
	void aClassicDaemonServesCallsThatHaveBoth() {
		try (Sdk sdk = Sdk.start(Sdk.classic())) {
			Mono<Integer> echo = sdk.bridge()
				.command("echo")
				.params(7)
				.deadline(Duration.ofSeconds(7))
				.retrieveMono(Integer.class);
			assertThat(traced(echo).block(Sdk.LIMIT)).isEqualTo(7);
		}
	}

}
