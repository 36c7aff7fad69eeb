package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * The daemon broke the protocol in its answer to this call.
 */
public final class BridgeProtocolException extends BridgeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message what happened
	 * @param cause why, if that is known
	 */
	public BridgeProtocolException(Origin origin, String message, @Nullable Throwable cause) {
		super(origin, message, cause);
	}

}
