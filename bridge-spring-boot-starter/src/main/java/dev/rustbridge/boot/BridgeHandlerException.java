package dev.rustbridge.boot;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link BridgeHandler} to answer the daemon with an error of its own choice.
 */
public final class BridgeHandlerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String code;

	/**
	 * Makes a failure.
	 * @param code the code, as {@code NOT_FOUND}
	 * @param message the words
	 */
	public BridgeHandlerException(String code, String message) {
		this(code, message, null);
	}

	/**
	 * Makes a failure.
	 * @param code the code, as {@code NOT_FOUND}
	 * @param message the words
	 * @param cause why, which is not told to the daemon
	 */
	public BridgeHandlerException(String code, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	/**
	 * The code.
	 * @return the code
	 */
	public String code() {
		return this.code;
	}

}
