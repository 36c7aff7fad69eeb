package dev.rustbridge.actuate.observation;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.BridgeListener.Outcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * A daemon's call under observation. It goes on with the trace that came along.
 */
public class BridgeHandlerContext extends ReceiverContext<BridgeCall> {

	private final BridgeCall call;

	private volatile @Nullable Outcome outcome;

	/**
	 * Makes a context.
	 * @param call the call
	 */
	public BridgeHandlerContext(BridgeCall call) {
		super((carrier, key) -> carrier.trace().get(key), Kind.SERVER);
		this.call = call;
		setCarrier(call);
		setRemoteServiceName(call.bridge());
	}

	/**
	 * The call.
	 * @return the call
	 */
	public BridgeCall getCall() {
		return this.call;
	}

	/**
	 * How it ended.
	 * @return SUCCESS, FAILED or CANCELLED, {@code null} as long as it has not ended
	 */
	public @Nullable Outcome getOutcome() {
		return this.outcome;
	}

	void setOutcome(Outcome outcome) {
		this.outcome = outcome;
	}

}
