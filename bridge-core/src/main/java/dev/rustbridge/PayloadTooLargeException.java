package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * A message over {@code max-message-size}: nothing was written if it was ours, and
 * nothing was kept if it was the daemon's.
 */
public final class PayloadTooLargeException extends BridgeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message what happened
	 * @param cause why, if that is known
	 */
	public PayloadTooLargeException(Origin origin, String message, @Nullable Throwable cause) {
		super(origin, message, cause);
	}

}
