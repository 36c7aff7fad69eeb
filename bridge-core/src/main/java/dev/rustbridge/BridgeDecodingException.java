package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * An answer does not fit the type that was asked for. Only this call fails.
 */
public final class BridgeDecodingException extends BridgeException {

	private static final long serialVersionUID = 1L;

	private final String path;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param path where in the JSON, as {@code items[3].name}; empty for its root
	 * @param message what does not fit
	 * @param cause what the JSON library said
	 */
	public BridgeDecodingException(Origin origin, String path, String message, @Nullable Throwable cause) {
		super(origin, path.isEmpty() ? message : "at " + path + ": " + message, cause);
		this.path = path;
	}

	/**
	 * Where in the JSON.
	 * @return the path, as {@code items[3].name}; empty for the root
	 */
	public String path() {
		return this.path;
	}

}
