package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * The parameters could not be written as a line of the protocol; nothing was sent.
 */
public final class BridgeEncodingException extends BridgeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message what happened
	 * @param cause why, if that is known
	 */
	public BridgeEncodingException(Origin origin, String message, @Nullable Throwable cause) {
		super(origin, message, cause);
	}

}
