package dev.rustbridge.actuate.observation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.transport.MemoryTransport;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is observed of commands.
 */
class CommandObservationTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final CopyOnWriteArrayList<String> lines = new CopyOnWriteArrayList<>();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Stopped stopped = new Stopped();

	private final RustBridge bridge = RustBridge.builder("search")
		.transport(new MemoryTransport((instance) -> new AnsweringDaemon(this.lines)))
		.listener(new CommandObservations("search", this.registry, null))
		.build();

	CommandObservationTests() {
		this.registry.observationConfig().observationHandler(this.stopped);
	}

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aCommandThatSucceedsIsToldWithWhereItWent() {
		call("echo");
		BridgeCommandContext context = theOne();
		assertThat(context.getName()).isEqualTo("rustbridge.command.observation");
		assertThat(context.getContextualName()).isEqualTo("search/echo");
		assertThat(context.getLowCardinalityKeyValues()).contains(KeyValue.of("bridge", "search"),
				KeyValue.of("method", "echo"), KeyValue.of("outcome", "SUCCESS"), KeyValue.of("code", "none"),
				KeyValue.of("exception", "none"));
		assertThat(context.getHighCardinalityKeyValue("rustbridge.generation").getValue()).isEqualTo("1");
		assertThat(context.getHighCardinalityKeyValue("rustbridge.instance").getValue()).isEqualTo("0");
		assertThat(this.lines).anyMatch((line) -> line
			.contains(context.getHighCardinalityKeyValue("rustbridge.id").getValue() + "\",\"method\":\"echo"));
	}

	@Test
	void onlyDocumentedKeysAreTold() {
		call("echo");
		assertThat(theOne().getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
			.containsExactlyInAnyOrderElementsOf(
					keys(BridgeObservationDocumentation.COMMAND.getLowCardinalityKeyNames()));
		assertThat(theOne().getHighCardinalityKeyValues()).extracting(KeyValue::getKey)
			.containsExactlyInAnyOrderElementsOf(
					keys(BridgeObservationDocumentation.COMMAND.getHighCardinalityKeyNames()));
	}

	private static List<String> keys(KeyName[] names) {
		return Arrays.stream(names).map(KeyName::asString).toList();
	}

	@Test
	void aRefusalIsToldWithItsCode() {
		assertThatExceptionOfType(BridgeException.class).isThrownBy(() -> call("refuse"));
		assertThat(theOne().getLowCardinalityKeyValues()).contains(KeyValue.of("outcome", "FAILED"),
				KeyValue.of("code", "NOT_FOUND"), KeyValue.of("exception", "CommandFailedException"));
		assertThat(theOne().getError()).isNotNull();
	}

	@Test
	void aCommandThatIsLateIsATimeout() {
		this.bridge.start().block(LIMIT);
		assertThatExceptionOfType(BridgeException.class).isThrownBy(
				() -> this.bridge.command("wait").timeout(Duration.ofMillis(20)).retrieveMono(Void.class).block(LIMIT));
		assertThat(theOne().getLowCardinalityKeyValues()).contains(KeyValue.of("outcome", "TIMEOUT"));
	}

	@Test
	void aCommandThatIsCancelledIsNoError() {
		this.bridge.start().block(LIMIT);
		Disposable subscription = this.bridge.command("wait").retrieveMono(Void.class).subscribe();
		subscription.dispose();
		assertThat(theOne().getLowCardinalityKeyValues()).contains(KeyValue.of("outcome", "CANCELLED"));
		assertThat(theOne().getError()).isNull();
	}

	@Test
	void aCommandThatWasNeverSentHasNoId() {
		this.bridge.close();
		assertThatExceptionOfType(BridgeException.class)
			.isThrownBy(() -> this.bridge.command("echo").retrieveMono(Integer.class).block(LIMIT));
		assertThat(theOne().getLowCardinalityKeyValues()).contains(KeyValue.of("outcome", "UNAVAILABLE"));
		assertThat(theOne().getHighCardinalityKeyValues()).isEmpty();
	}

	@Test
	void aCommandIsAChildOfTheObservationInItsSubscribersContext() {
		this.bridge.start().block(LIMIT);
		Observation parent = Observation.start("parent", this.registry);
		this.bridge.command("echo")
			.retrieveMono(Integer.class)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.block(LIMIT);
		assertThat(theOne().getParentObservation()).isSameAs(parent);
	}

	@Test
	void aCommandIsAChildOfTheObservationOfItsThread() {
		this.bridge.start().block(LIMIT);
		Observation parent = Observation.start("parent", this.registry);
		parent.scoped(() -> this.bridge.command("echo").retrieveMono(Integer.class).subscribe());
		assertThat(theOne().getParentObservation()).isSameAs(parent);
	}

	@Test
	void theHeadersOfItsTraceGoToTheDaemon() {
		this.registry.observationConfig().observationHandler(new Headers(Map.of("traceparent", "00-a-b-01")));
		call("echo");
		assertThat(this.lines).anyMatch((line) -> line.contains("\"trace\":{\"traceparent\":\"00-a-b-01\"}"));
	}

	@Test
	void whatIsNotObservedGoesOnWithTheTraceThatTheContextHolds() {
		this.registry.observationConfig().observationPredicate((name, context) -> false);
		this.bridge.start().block(LIMIT);
		this.bridge.command("echo")
			.retrieveMono(Integer.class)
			.contextWrite((context) -> context.put("dev.rustbridge.trace", Map.of("traceparent", "00-c-d-01")))
			.block(LIMIT);
		assertThat(this.stopped.contexts).isEmpty();
		assertThat(this.lines).anyMatch((line) -> line.contains("00-c-d-01"));
	}

	@Test
	void eachSubscriptionIsObservedOnItsOwn() {
		this.bridge.start().block(LIMIT);
		Mono<Integer> echo = this.bridge.command("echo").retrieveMono(Integer.class);
		echo.then(echo).block(LIMIT);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.stopped.contexts).hasSize(2));
	}

	private void call(String method) {
		this.bridge.start().block(LIMIT);
		this.bridge.command(method).retrieveMono(Integer.class).block(LIMIT);
	}

	private BridgeCommandContext theOne() {
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.stopped.contexts).hasSize(1));
		return this.stopped.contexts.get(0);
	}

	/** Keeps what was stopped. */
	private static final class Stopped implements ObservationHandler<BridgeCommandContext> {

		private final List<BridgeCommandContext> contexts = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(BridgeCommandContext context) {
			this.contexts.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof BridgeCommandContext;
		}

	}

	/** Writes the headers of a trace, as a tracer does. */
	private record Headers(Map<String, String> headers) implements ObservationHandler<BridgeCommandContext> {

		@Override
		public void onStart(BridgeCommandContext context) {
			this.headers.forEach((key, value) -> context.getSetter().set(context.getCarrier(), key, value));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof BridgeCommandContext;
		}

	}

}
