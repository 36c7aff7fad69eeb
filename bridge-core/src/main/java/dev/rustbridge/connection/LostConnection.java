package dev.rustbridge.connection;

import java.util.List;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeFrame;
import dev.rustbridge.ConnectionLostException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended, told to all calls that were pending on it.
 *
 * @param story what happened, for people
 * @param exitValue the daemon's exit value, if it is ours and has exited
 * @param stderrTail the last lines of its log
 * @param cause why, if that is known
 * @param lastFrames what had gone over it last, oldest first
 */
public record LostConnection(String story, @Nullable Integer exitValue, List<String> stderrTail,
		@Nullable Throwable cause, List<BridgeFrame> lastFrames) {

	public LostConnection {
		stderrTail = List.copyOf(stderrTail);
		lastFrames = List.copyOf(lastFrames);
	}

	/**
	 * One whose last frames are of no interest.
	 * @param story what happened, for people
	 * @param exitValue the daemon's exit value, if it is ours and has exited
	 * @param stderrTail the last lines of its log
	 * @param cause why, if that is known
	 */
	public LostConnection(String story, @Nullable Integer exitValue, List<String> stderrTail,
			@Nullable Throwable cause) {
		this(story, exitValue, stderrTail, cause, List.of());
	}

	/**
	 * The failure of one call.
	 * @param origin the call
	 * @return the exception
	 */
	public ConnectionLostException toException(Origin origin) {
		return new ConnectionLostException(origin, "the connection was lost after it was sent: " + this.story,
				this.exitValue, this.stderrTail, this.lastFrames, this.cause);
	}

}
