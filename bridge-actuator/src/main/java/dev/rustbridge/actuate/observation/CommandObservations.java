package dev.rustbridge.actuate.observation;

import java.util.Map;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.CommandObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes the commands of one bridge, each as a child of what its subscriber is in the
 * middle of: the observation in Reactor's context, else that of the thread.
 */
public final class CommandObservations implements BridgeListener {

	private static final BridgeCommandObservationConvention DEFAULT_CONVENTION = new DefaultBridgeCommandObservationConvention();

	private final String bridge;

	private final ObservationRegistry registry;

	private final @Nullable BridgeCommandObservationConvention convention;

	/**
	 * Makes a listener.
	 * @param bridge the bridge's name
	 * @param registry observes
	 * @param convention says what is told, {@code null} for the default
	 */
	public CommandObservations(String bridge, ObservationRegistry registry,
			@Nullable BridgeCommandObservationConvention convention) {
		this.bridge = bridge;
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public @Nullable CommandObservation observe(String method, ContextView subscriber) {
		BridgeCommandContext context = new BridgeCommandContext(this.bridge, method);
		Observation observation = BridgeObservationDocumentation.COMMAND.observation(this.convention,
				DEFAULT_CONVENTION, () -> context, this.registry);
		if (observation.isNoop()) {
			return null;
		}
		if (subscriber.getOrDefault(ObservationThreadLocalAccessor.KEY, null) instanceof Observation parent) {
			observation.parentObservation(parent);
		}
		observation.start();
		return new Observed(observation, context);
	}

	private record Observed(Observation observation, BridgeCommandContext context) implements CommandObservation {

		@Override
		public Map<String, String> trace() {
			Map<String, String> carrier = this.context.getCarrier();
			return (carrier != null) ? carrier : Map.of();
		}

		@Override
		public void routed(String id, int instance, long generation) {
			this.context.setRoute(new BridgeCommandContext.Route(id, instance, generation));
		}

		@Override
		public void ended(Outcome outcome, @Nullable Throwable error) {
			this.context.setOutcome(outcome);
			if (error != null) {
				this.observation.error(error);
			}
			this.observation.stop();
		}

	}

}
