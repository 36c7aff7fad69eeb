package dev.rustbridge.actuate.observation;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.CommandFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What is told of how something ended.
 */
final class EndKeys {

	private static final String NONE = "none";

	private EndKeys() {
	}

	static String outcome(@Nullable Outcome outcome) {
		return (outcome != null) ? outcome.name() : "UNKNOWN";
	}

	static String exception(@Nullable Throwable error) {
		return (error != null) ? error.getClass().getSimpleName() : NONE;
	}

	static String code(@Nullable Throwable error) {
		return (error instanceof CommandFailedException failed && failed.code() != null) ? failed.code() : NONE;
	}

}
