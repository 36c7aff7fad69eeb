package dev.rustbridge.actuate.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the observations of commands are named, and what is told of them. A bean of this
 * type replaces {@link DefaultBridgeCommandObservationConvention}.
 */
public interface BridgeCommandObservationConvention extends ObservationConvention<BridgeCommandContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof BridgeCommandContext;
	}

}
