package dev.rustbridge.connection;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;

/**
 * What an error means for the statistics.
 */
final class Outcomes {

	private Outcomes() {
	}

	static Outcome of(Throwable error) {
		if (error instanceof CommandFailedException) {
			return Outcome.FAILED;
		}
		if (error instanceof CommandTimeoutException) {
			return Outcome.TIMEOUT;
		}
		if (error instanceof ConnectionLostException) {
			return Outcome.LOST;
		}
		if (error instanceof BridgeUnavailableException) {
			return Outcome.UNAVAILABLE;
		}
		return Outcome.INVALID;
	}

}
