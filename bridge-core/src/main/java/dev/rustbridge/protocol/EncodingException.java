package dev.rustbridge.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message cannot be written as a line. Nothing was written. The message says what is
 * wrong, where, and what to do.
 */
public final class EncodingException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	EncodingException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/**
	 * Why it cannot be written.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Why a message cannot be written.
	 */
	public enum Reason {

		/** The JSON library cannot write the value; the cause says why. */
		NOT_SERIALIZABLE,

		/** What was written as raw JSON is no JSON. */
		NOT_JSON,

		/** A byte below 0x20: it could end the line and begin another message. */
		CONTROL_BYTE,

		/** Half of a surrogate pair, which daemons do not take as JSON. */
		LONE_SURROGATE,

		/** Not UTF-8. */
		INVALID_UTF8,

		/** Nested deeper than daemons read. */
		TOO_DEEP,

		/** Over {@code max-message-size}. */
		TOO_LARGE

	}

}
