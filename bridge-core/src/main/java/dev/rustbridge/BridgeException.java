package dev.rustbridge;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * Whatever goes wrong with a bridge. Names the bridge, and the method and the id of the
 * call where there is one. Failures of calls carry no stack trace of their own (they come
 * from an I/O thread, where it would tell nothing); Reactor adds the subscriber's where
 * asked.
 */
public class BridgeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Origin origin;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message what happened; the origin is put before it
	 * @param cause why, if that is known
	 */
	protected BridgeException(Origin origin, String message, @Nullable Throwable cause) {
		this(origin, message, cause, false);
	}

	/**
	 * Makes a failure, with or without a stack trace.
	 * @param origin where it happened
	 * @param message what happened; the origin is put before it
	 * @param cause why, if that is known
	 * @param stackTrace whether the stack of this thread tells anything
	 */
	protected BridgeException(Origin origin, String message, @Nullable Throwable cause, boolean stackTrace) {
		super(origin.describe() + ": " + message, cause, true, stackTrace);
		this.origin = origin;
	}

	/**
	 * The bridge.
	 * @return the bridge's name
	 */
	public String bridge() {
		return this.origin.bridge();
	}

	/**
	 * The method that was called.
	 * @return the method, {@code null} when this is about no call
	 */
	public @Nullable String method() {
		return this.origin.method();
	}

	/**
	 * The id of the call on the wire.
	 * @return the id, {@code null} when there was none yet
	 */
	public @Nullable String id() {
		return this.origin.id();
	}

	/**
	 * Where a failure happened.
	 *
	 * @param bridge the bridge's name
	 * @param method the method, if it is about a call
	 * @param id the call's id, if it had one
	 */
	public record Origin(String bridge, @Nullable String method, @Nullable String id) implements Serializable {

		/**
		 * The bridge as a whole.
		 * @param name the bridge's name
		 * @return the origin
		 */
		public static Origin bridge(String name) {
			return new Origin(name, null, null);
		}

		String describe() {
			StringBuilder text = new StringBuilder("Bridge '").append(this.bridge).append('\'');
			if (this.method != null) {
				text.append(", method '").append(this.method).append('\'');
			}
			if (this.id != null) {
				text.append(", id ").append(this.id);
			}
			return text.toString();
		}

	}

}
