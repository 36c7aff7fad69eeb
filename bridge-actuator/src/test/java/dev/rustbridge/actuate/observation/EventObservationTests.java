package dev.rustbridge.actuate.observation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeEvent;
import dev.rustbridge.transport.MemoryTransport;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is observed of the reactions to events.
 */
class EventObservationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Stopped stopped = new Stopped();

	private final ObservationEventInterceptor interceptor = new ObservationEventInterceptor(this.registry, null);

	private final RustBridge bridge = RustBridge.builder("search")
		.transport(new MemoryTransport((instance) -> new AnsweringDaemon(new CopyOnWriteArrayList<>())))
		.build();

	EventObservationTests() {
		this.registry.observationConfig().observationHandler(this.stopped);
	}

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aReactionIsObservedWithinTheTraceOfItsEvent() {
		Mono<Observation> current = Mono
			.deferContextual((context) -> Mono.just(context.<Observation>get(ObservationThreadLocalAccessor.KEY)));
		Object seen = this.interceptor.intercept(event(Map.of("traceparent", PARENT)), current).block(LIMIT);
		BridgeEventContext context = theOne();
		assertThat(((Observation) seen).getContext()).isSameAs(context);
		assertThat(context.getGetter().get(context.getCarrier(), "traceparent")).isEqualTo(PARENT);
		assertThat(context.getName()).isEqualTo("rustbridge.event.observation");
		assertThat(context.getLowCardinalityKeyValues()).contains(KeyValue.of("bridge", "search"),
				KeyValue.of("outcome", "SUCCESS"), KeyValue.of("exception", "none"));
		assertThat(context.getHighCardinalityKeyValues()).contains(KeyValue.of("rustbridge.event", "watch:w_1"),
				KeyValue.of("rustbridge.instance", "0"), KeyValue.of("rustbridge.generation", "1"));
	}

	@Test
	void itsNameLeavesOutWhatTheDaemonMadeUp() {
		this.interceptor.intercept(event(Map.of("traceparent", PARENT)), Mono.empty()).block(LIMIT);
		assertThat(theOne().getContextualName()).isEqualTo("search/watch");
	}

	@Test
	void onlyDocumentedKeysAreTold() {
		this.interceptor.intercept(event(Map.of("traceparent", PARENT)), Mono.empty()).block(LIMIT);
		assertThat(theOne().getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
			.containsExactlyInAnyOrderElementsOf(
					keys(BridgeObservationDocumentation.EVENT.getLowCardinalityKeyNames()));
		assertThat(theOne().getHighCardinalityKeyValues()).extracting(KeyValue::getKey)
			.containsExactlyInAnyOrderElementsOf(
					keys(BridgeObservationDocumentation.EVENT.getHighCardinalityKeyNames()));
	}

	@Test
	void aReactionThatFailsIsAnError() {
		Mono<?> reaction = this.interceptor.intercept(event(Map.of("traceparent", PARENT)),
				Mono.error(new IllegalStateException("no")));
		assertThatIllegalStateException().isThrownBy(() -> reaction.block(LIMIT));
		assertThat(theOne().getLowCardinalityKeyValues()).contains(KeyValue.of("outcome", "FAILED"),
				KeyValue.of("exception", "IllegalStateException"));
	}

	@Test
	void anEventWithoutATraceBeginsNone() {
		this.interceptor.intercept(event(Map.of()), Mono.empty()).block(LIMIT);
		assertThat(this.stopped.contexts).isEmpty();
	}

	private RustBridgeEvent event(Map<String, String> trace) {
		Mono<BridgeEvent> event = this.bridge.events("watch:*").next().cache();
		event.subscribe();
		this.bridge.start().block(LIMIT);
		this.bridge.command("emit")
			.retrieveMono(Void.class)
			.contextWrite((context) -> context.put("dev.rustbridge.trace", trace))
			.block(LIMIT);
		return new RustBridgeEvent(this.bridge, event.block(LIMIT));
	}

	private BridgeEventContext theOne() {
		assertThat(this.stopped.contexts).hasSize(1);
		return this.stopped.contexts.get(0);
	}

	private static List<String> keys(KeyName[] names) {
		return Arrays.stream(names).map(KeyName::asString).toList();
	}

	/** Keeps what was stopped. */
	private static final class Stopped implements ObservationHandler<BridgeEventContext> {

		private final List<BridgeEventContext> contexts = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(BridgeEventContext context) {
			this.contexts.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof BridgeEventContext;
		}

	}

}
