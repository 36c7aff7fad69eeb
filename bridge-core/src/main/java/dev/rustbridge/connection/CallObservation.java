package dev.rustbridge.connection;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.CommandObservation;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;

/**
 * What follows a call, kept from harming it.
 */
final class CallObservation {

	private static final LoopLog logger = LoopLog.of(CallObservation.class);

	private final String bridge;

	private final CommandObservation observation;

	CallObservation(String bridge, CommandObservation observation) {
		this.bridge = bridge;
		this.observation = observation;
	}

	TraceContext trace() {
		try {
			return TraceContext.from(this.observation.trace());
		}
		catch (RuntimeException ex) {
			warn(ex);
			return TraceContext.NONE;
		}
	}

	void routed(String id, int instance, long generation) {
		try {
			this.observation.routed(id, instance, generation);
		}
		catch (RuntimeException ex) {
			warn(ex);
		}
	}

	void ended(Outcome outcome, @Nullable Throwable error) {
		try {
			this.observation.ended(outcome, error);
		}
		catch (RuntimeException ex) {
			warn(ex);
		}
	}

	private void warn(RuntimeException ex) {
		logger.warn("Bridge '{}': what follows a call failed", this.bridge, ex);
	}

}
