package dev.rustbridge.actuate.observation;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.actuate.observation.BridgeObservationDocumentation.HighCardinality;
import dev.rustbridge.actuate.observation.BridgeObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValues;

/**
 * Names the calls of daemons {@value #NAME}, and their spans {@code bridge/method}.
 */
public class DefaultBridgeHandlerObservationConvention implements BridgeHandlerObservationConvention {

	public static final String NAME = "rustbridge.handler.observation";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(BridgeHandlerContext context) {
		return context.getCall().bridge() + "/" + context.getCall().method();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(BridgeHandlerContext context) {
		BridgeCall call = context.getCall();
		return KeyValues.of(LowCardinality.BRIDGE.withValue(call.bridge()),
				LowCardinality.METHOD.withValue(call.method()),
				LowCardinality.OUTCOME.withValue(EndKeys.outcome(context.getOutcome())),
				LowCardinality.CODE.withValue(EndKeys.code(context.getError())),
				LowCardinality.EXCEPTION.withValue(EndKeys.exception(context.getError())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(BridgeHandlerContext context) {
		return KeyValues.of(HighCardinality.INSTANCE.withValue(Integer.toString(context.getCall().instance())));
	}

}
