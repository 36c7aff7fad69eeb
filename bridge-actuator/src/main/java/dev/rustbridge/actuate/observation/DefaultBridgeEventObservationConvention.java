package dev.rustbridge.actuate.observation;

import dev.rustbridge.actuate.observation.BridgeObservationDocumentation.HighCardinality;
import dev.rustbridge.actuate.observation.BridgeObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValues;

/**
 * Names what is done on events {@value #NAME}, and their spans {@code bridge/event}. The
 * daemon makes the names of events up: what follows a colon is of one of them only, and
 * the whole name is told in spans alone.
 */
public class DefaultBridgeEventObservationConvention implements BridgeEventObservationConvention {

	public static final String NAME = "rustbridge.event.observation";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(BridgeEventContext context) {
		String name = context.getEvent().getName();
		int colon = name.indexOf(':');
		return context.getEvent().getBridge() + "/" + ((colon > 0) ? name.substring(0, colon) : name);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(BridgeEventContext context) {
		return KeyValues.of(LowCardinality.BRIDGE.withValue(context.getEvent().getBridge()),
				LowCardinality.OUTCOME.withValue(EndKeys.outcome(context.getOutcome())),
				LowCardinality.EXCEPTION.withValue(EndKeys.exception(context.getError())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(BridgeEventContext context) {
		return KeyValues.of(HighCardinality.EVENT.withValue(context.getEvent().getName()),
				HighCardinality.INSTANCE.withValue(Integer.toString(context.getEvent().getInstance())),
				HighCardinality.GENERATION.withValue(Long.toString(context.getEvent().getGeneration())));
	}

}
