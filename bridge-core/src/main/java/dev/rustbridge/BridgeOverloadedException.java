package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * The call was never sent, because {@code max-in-flight} or {@code max-queued-bytes} is
 * used up, or the queue of waiting calls is full.
 */
public final class BridgeOverloadedException extends BridgeUnavailableException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message what happened
	 * @param cause why, if that is known
	 */
	public BridgeOverloadedException(Origin origin, String message, @Nullable Throwable cause) {
		super(origin, message, cause);
	}

}
