package dev.rustbridge.actuate.observation;

import dev.rustbridge.actuate.observation.BridgeCommandContext.Route;
import dev.rustbridge.actuate.observation.BridgeObservationDocumentation.HighCardinality;
import dev.rustbridge.actuate.observation.BridgeObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValues;

/**
 * Names commands {@value #NAME}, and their spans {@code bridge/method}.
 */
public class DefaultBridgeCommandObservationConvention implements BridgeCommandObservationConvention {

	/** Not that of the meter of commands, or each would be recorded twice. */
	public static final String NAME = "rustbridge.command.observation";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(BridgeCommandContext context) {
		return context.getBridge() + "/" + context.getMethod();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(BridgeCommandContext context) {
		return KeyValues.of(LowCardinality.BRIDGE.withValue(context.getBridge()),
				LowCardinality.METHOD.withValue(context.getMethod()),
				LowCardinality.OUTCOME.withValue(EndKeys.outcome(context.getOutcome())),
				LowCardinality.CODE.withValue(EndKeys.code(context.getError())),
				LowCardinality.EXCEPTION.withValue(EndKeys.exception(context.getError())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(BridgeCommandContext context) {
		Route route = context.getRoute();
		if (route == null) {
			return KeyValues.empty();
		}
		return KeyValues.of(HighCardinality.ID.withValue(route.id()),
				HighCardinality.INSTANCE.withValue(Integer.toString(route.instance())),
				HighCardinality.GENERATION.withValue(Long.toString(route.generation())));
	}

}
