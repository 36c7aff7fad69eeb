package dev.rustbridge.actuate.observation;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.boot.RustBridgeEvent;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * What is done on an event of a daemon, under observation. It goes on with the trace that
 * came along.
 */
public class BridgeEventContext extends ReceiverContext<RustBridgeEvent> {

	private final RustBridgeEvent event;

	private volatile @Nullable Outcome outcome;

	/**
	 * Makes a context.
	 * @param event the event
	 */
	public BridgeEventContext(RustBridgeEvent event) {
		super((carrier, key) -> carrier.getTrace().get(key), Kind.CONSUMER);
		this.event = event;
		setCarrier(event);
		setRemoteServiceName(event.getBridge());
	}

	/**
	 * The event.
	 * @return the event
	 */
	public RustBridgeEvent getEvent() {
		return this.event;
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
