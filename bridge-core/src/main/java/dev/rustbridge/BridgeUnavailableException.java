package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * The call was never sent: it is safe to try again.
 */
public class BridgeUnavailableException extends BridgeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message what happened
	 * @param cause why, if that is known
	 */
	public BridgeUnavailableException(Origin origin, String message, @Nullable Throwable cause) {
		super(origin, message, cause);
	}

}
