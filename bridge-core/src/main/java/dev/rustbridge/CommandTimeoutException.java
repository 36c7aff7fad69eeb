package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * The answer did not come in time. A daemon that understands it was told to stop.
 */
public final class CommandTimeoutException extends BridgeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message what happened
	 * @param cause why, if that is known
	 */
	public CommandTimeoutException(Origin origin, String message, @Nullable Throwable cause) {
		super(origin, message, cause);
	}

}
