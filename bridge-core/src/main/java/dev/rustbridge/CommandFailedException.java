package dev.rustbridge;

import org.jspecify.annotations.Nullable;

/**
 * The daemon said no.
 */
public final class CommandFailedException extends BridgeException {

	private static final long serialVersionUID = 1L;

	private final String error;

	private final @Nullable String code;

	private final @Nullable String details;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param error the daemon's words
	 * @param code its machine-readable code, if it gave one
	 * @param details its details as JSON, if it gave any
	 */
	public CommandFailedException(Origin origin, String error, @Nullable String code, @Nullable String details) {
		super(origin, (code != null) ? error + " (" + code + ")" : error, null);
		this.error = error;
		this.code = code;
		this.details = details;
	}

	/**
	 * The daemon's words.
	 * @return the message as the daemon gave it
	 */
	public String error() {
		return this.error;
	}

	/**
	 * The machine-readable code.
	 * @return the code, {@code null} when the daemon gave none
	 */
	public @Nullable String code() {
		return this.code;
	}

	/**
	 * The details.
	 * @return JSON text, {@code null} when the daemon gave none
	 */
	public @Nullable String details() {
		return this.details;
	}

}
