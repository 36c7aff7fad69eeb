package dev.rustbridge.supervision;

import java.io.IOException;
import java.util.List;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.connection.LostConnection;
import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.Link;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a generation ended, with all that is known of its process, if that is ours.
 */
final class Diagnosis {

	/** Enough to see what it was at. */
	private static final int LAST_FRAMES = 8;

	private Diagnosis() {
	}

	static String endStory(@Nullable DaemonHandle daemon, @Nullable IOException cause) {
		if (daemon != null && !daemon.isAlive()) {
			String story = "the daemon ended: " + daemon.exitStory();
			Integer exitValue = daemon.exitValue();
			return (exitValue != null && exitValue == 0) ? story + "; nobody had asked it to" : story;
		}
		String what = (daemon != null) ? "the daemon closed its output" : "the daemon closed the connection";
		return (cause != null) ? what + " (" + cause.getMessage() + ")" : what;
	}

	static LostConnection lost(@Nullable DaemonHandle daemon, @Nullable Connection connection, String story,
			@Nullable Throwable cause) {
		return new LostConnection(story, (daemon != null) ? daemon.exitValue() : null,
				(daemon != null) ? daemon.stderrTail() : List.of(), cause,
				(connection != null) ? connection.lastFrames(LAST_FRAMES) : List.of());
	}

	/** Why it is not ready in time, as far as that is known. */
	static BridgeStartException readyTimeout(BridgeContext context, @Nullable Link link, boolean initialising) {
		String limit = " within " + Durations.text(context.options().readyTimeout())
				+ "; 'ready-timeout' sets how long it may take";
		DaemonHandle daemon = (link != null) ? link.daemon() : null;
		BridgeStartException waitsFor = (link != null) ? link.waitsFor() : null;
		if (waitsFor != null) {
			return startFailure(context.bridge(), daemon, Reason.READY_TIMEOUT,
					"it was not ready" + limit + ": " + Messages.bare(waitsFor), waitsFor);
		}
		String missing = initialising ? "its initializers did not complete"
				: "it did not say '" + context.options().readyEvent() + "'";
		return startFailure(context.bridge(), daemon, Reason.READY_TIMEOUT, missing + limit, null);
	}

	static BridgeStartException startFailure(String bridge, @Nullable DaemonHandle daemon, Reason reason,
			String message, @Nullable Throwable cause) {
		return new BridgeStartException(Origin.bridge(bridge), reason, message, List.of(),
				(daemon != null) ? daemon.stderrTail() : List.of(), cause);
	}

}
