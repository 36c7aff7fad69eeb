package dev.rustbridge.actuate.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the observations of what is done on events are named, and what is told of them. A
 * bean of this type replaces {@link DefaultBridgeEventObservationConvention}.
 */
public interface BridgeEventObservationConvention extends ObservationConvention<BridgeEventContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof BridgeEventContext;
	}

}
