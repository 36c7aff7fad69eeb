package dev.rustbridge.actuate.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the observations of daemons' calls are named, and what is told of them. A bean of
 * this type replaces {@link DefaultBridgeHandlerObservationConvention}.
 */
public interface BridgeHandlerObservationConvention extends ObservationConvention<BridgeHandlerContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof BridgeHandlerContext;
	}

}
