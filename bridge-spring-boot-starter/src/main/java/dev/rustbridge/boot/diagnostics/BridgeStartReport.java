package dev.rustbridge.boot.diagnostics;

import java.util.List;

import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.boot.client.InvalidClientsException;

/**
 * Words for a bridge that did not start.
 */
final class BridgeStartReport {

	private BridgeStartReport() {
	}

	static String describe(Throwable failure) {
		if (failure instanceof InvalidClientsException clients) {
			return InvalidClientsFailureAnalyzer.describe(clients);
		}
		StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
		if (failure instanceof BridgeStartException start) {
			append(text, "Tried, in this order:", start.tried());
			append(text, "Last lines of the daemon's log:", start.stderrTail());
		}
		return text.toString();
	}

	static String action(Throwable failure) {
		if (failure instanceof BridgeStartException start) {
			return action(start.reason(), "rustbridge.bridges." + start.bridge());
		}
		if (failure instanceof InvalidClientsException) {
			return InvalidClientsFailureAnalyzer.ACTION;
		}
		return "See the cause, and the daemon's log.";
	}

	private static String action(Reason reason, String prefix) {
		return switch (reason) {
			case BINARY_NOT_FOUND -> ("Build the daemon (cargo build --release), or set '%1$s.binary.path' or "
					+ "'%1$s.binary.search-paths' to where it is.")
				.formatted(prefix);
			case NOT_EXECUTABLE ->
				("Put right what is said of it: the file must be executable (chmod +x; its mode is never changed by "
						+ "the application) and built for this machine's system and processor, and "
						+ "'%s.working-directory', if it is set, a folder.")
					.formatted(prefix);
			case CHECKSUM_MISMATCH -> ("Install the executable that is meant, or set '%s.binary.sha256' to the digest "
					+ "of this one if it is to be trusted.")
				.formatted(prefix);
			case EXITED_BEFORE_READY -> ("Run the executable by hand with the same arguments ('%s.args') and read what "
					+ "it says. A missing library, or one that is too old, is told on its standard error as well.")
				.formatted(prefix);
			case READY_TIMEOUT ->
				("See that the daemon says its ready event ('%1$s.ready-event') on standard output, or "
						+ "on '%1$s.socket.path' where that is set, flushed and on a line of its own, or give it longer "
						+ "('%1$s.ready-timeout').")
					.formatted(prefix);
			case SOCKET_NOT_FOUND -> ("Start the daemon that listens on the socket, see that '%1$s.socket.path' is "
					+ "right, or set '%1$s.startup' to 'background' to start without it.")
				.formatted(prefix);
			case PERMISSION_DENIED -> "Let the user that runs the application use the file: its owner, its group, its "
					+ "mode, and those of the folders above it.";
			case PEER_REJECTED ->
				("See who serves the socket. If that user is to be trusted, set " + "'%s.socket.peer-uid' to its id.")
					.formatted(prefix);
			case INCOMPATIBLE_PROTOCOL ->
				"Update the daemon's SDK or this library, so that they have a version of the " + "protocol in common.";
			case INITIALIZATION_FAILED ->
				"See what the initializer was told by the daemon, in its failure and in the " + "daemon's log.";
		};
	}

	/** Leaves out what the message says already. */
	private static void append(StringBuilder text, String title, List<String> lines) {
		List<String> more = lines.stream().filter((line) -> text.indexOf(line) < 0).toList();
		if (!more.isEmpty()) {
			text.append("%n%n    %s".formatted(title));
			more.forEach((line) -> text.append("%n      ".formatted()).append(line));
		}
	}

}
