package dev.rustbridge;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The call was sent, and the connection ended before its answer came: whether the daemon
 * carried it out is not known.
 */
public final class ConnectionLostException extends BridgeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable Integer exitValue;

	private final List<String> stderrTail;

	private final transient List<BridgeFrame> lastFrames;

	/**
	 * Makes a failure.
	 * @param origin where it happened
	 * @param message how the connection ended
	 * @param exitValue the daemon's exit value, if it is known
	 * @param stderrTail the last lines of its log
	 * @param lastFrames what had gone over the wire last
	 * @param cause why, if that is known
	 */
	public ConnectionLostException(Origin origin, String message, @Nullable Integer exitValue, List<String> stderrTail,
			List<BridgeFrame> lastFrames, @Nullable Throwable cause) {
		super(origin, message, cause);
		this.exitValue = exitValue;
		this.stderrTail = List.copyOf(stderrTail);
		this.lastFrames = List.copyOf(lastFrames);
	}

	/**
	 * The exit value of the daemon; over 128 it is probably a signal's number plus 128.
	 * @return the value, {@code null} when the daemon is not ours or has not exited
	 */
	public @Nullable Integer exitValue() {
		return this.exitValue;
	}

	/**
	 * The last lines of the daemon's log.
	 * @return the lines, oldest first
	 */
	public List<String> stderrTail() {
		return this.stderrTail;
	}

	/**
	 * The frames that had gone over the wire last, without what was in them.
	 * @return the frames, oldest first; not kept by serialization
	 */
	public List<BridgeFrame> lastFrames() {
		return (this.lastFrames != null) ? this.lastFrames : List.of();
	}

}
