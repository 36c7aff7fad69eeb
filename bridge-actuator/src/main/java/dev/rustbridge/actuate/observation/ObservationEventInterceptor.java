package dev.rustbridge.actuate.observation;

import dev.rustbridge.boot.BridgeEventInterceptor;
import dev.rustbridge.boot.RustBridgeEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;

/**
 * Observes what listeners and replying handlers do on the events that carry a trace,
 * within that trace. An event that carries none begins none: a flood of events must not
 * become a flood of traces. Outermost, so that other interceptors are part of what is
 * observed.
 */
public final class ObservationEventInterceptor implements BridgeEventInterceptor, Ordered {

	private static final BridgeEventObservationConvention DEFAULT_CONVENTION = new DefaultBridgeEventObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable BridgeEventObservationConvention convention;

	/**
	 * Makes an interceptor.
	 * @param registry observes
	 * @param convention says what is told, {@code null} for the default
	 */
	public ObservationEventInterceptor(ObservationRegistry registry,
			@Nullable BridgeEventObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<?> intercept(RustBridgeEvent event, Mono<?> reaction) {
		if (event.getTrace().isEmpty()) {
			return reaction;
		}
		return Mono.defer(() -> {
			BridgeEventContext context = new BridgeEventContext(event);
			Observation observation = BridgeObservationDocumentation.EVENT.observation(this.convention,
					DEFAULT_CONVENTION, () -> context, this.registry);
			return ObservedReaction.of(observation, context::setOutcome, reaction);
		});
	}

}
