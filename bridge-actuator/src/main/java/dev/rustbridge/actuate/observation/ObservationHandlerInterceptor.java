package dev.rustbridge.actuate.observation;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.boot.BridgeHandlerInterceptor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;

/**
 * Observes what handlers do, within the trace of the call that they answer. Outermost, so
 * that other interceptors are part of what is observed.
 */
public final class ObservationHandlerInterceptor implements BridgeHandlerInterceptor, Ordered {

	private static final BridgeHandlerObservationConvention DEFAULT_CONVENTION = new DefaultBridgeHandlerObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable BridgeHandlerObservationConvention convention;

	/**
	 * Makes an interceptor.
	 * @param registry observes
	 * @param convention says what is told, {@code null} for the default
	 */
	public ObservationHandlerInterceptor(ObservationRegistry registry,
			@Nullable BridgeHandlerObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<?> intercept(BridgeCall call, Mono<?> answer) {
		return Mono.defer(() -> {
			BridgeHandlerContext context = new BridgeHandlerContext(call);
			Observation observation = BridgeObservationDocumentation.HANDLER.observation(this.convention,
					DEFAULT_CONVENTION, () -> context, this.registry);
			return ObservedReaction.of(observation, context::setOutcome, answer);
		});
	}

}
