package dev.rustbridge;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A daemon could not be found, launched, connected to, or did not become ready.
 */
public final class BridgeStartException extends BridgeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final List<String> tried;

	private final List<String> stderrTail;

	/**
	 * Makes a failure.
	 * @param origin which bridge
	 * @param reason the kind of failure
	 * @param message what happened, and what to do
	 * @param tried what was tried in order, with why each was refused
	 * @param stderrTail the last lines of the daemon's log
	 * @param cause why, if that is known
	 */
	public BridgeStartException(Origin origin, Reason reason, String message, List<String> tried,
			List<String> stderrTail, @Nullable Throwable cause) {
		super(origin, message, cause, true);
		this.reason = reason;
		this.tried = List.copyOf(tried);
		this.stderrTail = List.copyOf(stderrTail);
	}

	/**
	 * The kind of failure.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * What was tried.
	 * @return a line for each attempt, with why it was refused
	 */
	public List<String> tried() {
		return this.tried;
	}

	/**
	 * The last lines of the daemon's log.
	 * @return the lines, oldest first
	 */
	public List<String> stderrTail() {
		return this.stderrTail;
	}

	/**
	 * Kinds of failure.
	 */
	public enum Reason {

		/** No executable was found in any of the places. */
		BINARY_NOT_FOUND,

		/** It is a directory, lacks the execute bit, or is made for another machine. */
		NOT_EXECUTABLE,

		/** Its digest is not the configured one. */
		CHECKSUM_MISMATCH,

		/** It ended before it said that it is ready. */
		EXITED_BEFORE_READY,

		/** It did not say that it is ready in time. */
		READY_TIMEOUT,

		/** There is no such socket, or nobody listens on it. */
		SOCKET_NOT_FOUND,

		/** The socket or the executable may not be used by this user. */
		PERMISSION_DENIED,

		/** The socket belongs to, or is served by, somebody else. */
		PEER_REJECTED,

		/** The daemon speaks no version of the protocol that we do. */
		INCOMPATIBLE_PROTOCOL,

		/** An initializer failed, or the daemon refused the handshake. */
		INITIALIZATION_FAILED

	}

}
