package dev.rustbridge.connection;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.CommandObservation;
import dev.rustbridge.jfr.RecordedCommand;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;

/**
 * What follows a call, kept from harming it: an observation of the application's, a
 * recording, or both.
 */
final class CallObservation {

	private static final LoopLog logger = LoopLog.of(CallObservation.class);

	private final String bridge;

	private final @Nullable CommandObservation observation;

	private final @Nullable RecordedCommand recorded;

	CallObservation(String bridge, @Nullable CommandObservation observation, @Nullable RecordedCommand recorded) {
		this.bridge = bridge;
		this.observation = observation;
		this.recorded = recorded;
	}

	TraceContext trace() {
		if (this.observation == null) {
			return TraceContext.NONE;
		}
		try {
			return TraceContext.from(this.observation.trace());
		}
		catch (RuntimeException ex) {
			warn(ex);
			return TraceContext.NONE;
		}
	}

	void routed(String id, int instance, long generation) {
		if (this.recorded != null) {
			this.recorded.routed(id, instance, generation);
		}
		try {
			if (this.observation != null) {
				this.observation.routed(id, instance, generation);
			}
		}
		catch (RuntimeException ex) {
			warn(ex);
		}
	}

	void ended(Outcome outcome, @Nullable Throwable error) {
		if (this.recorded != null) {
			this.recorded.ended(outcome, error);
		}
		try {
			if (this.observation != null) {
				this.observation.ended(outcome, error);
			}
		}
		catch (RuntimeException ex) {
			warn(ex);
		}
	}

	private void warn(RuntimeException ex) {
		logger.warn("Bridge '{}': what follows a call failed", this.bridge, ex);
	}

}
