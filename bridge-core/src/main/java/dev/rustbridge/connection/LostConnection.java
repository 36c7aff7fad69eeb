package dev.rustbridge.connection;

import java.util.List;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.ConnectionLostException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended, told to all calls that were pending on it.
 *
 * @param story what happened, for people
 * @param exitValue the daemon's exit value, if it is ours and has exited
 * @param stderrTail the last lines of its log
 * @param cause why, if that is known
 */
public record LostConnection(String story, @Nullable Integer exitValue, List<String> stderrTail,
		@Nullable Throwable cause) {

	public LostConnection {
		stderrTail = List.copyOf(stderrTail);
	}

	/**
	 * The failure of one call.
	 * @param origin the call
	 * @return the exception
	 */
	public ConnectionLostException toException(Origin origin) {
		return new ConnectionLostException(origin, "the connection was lost after it was sent: " + this.story,
				this.exitValue, this.stderrTail, this.cause);
	}

}
