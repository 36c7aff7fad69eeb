package dev.rustbridge.test.conformance.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The daemon that is checked: each session starts it anew, or connects to it. Closing it
 * ends what it started.
 */
public final class DaemonUnderTest implements AutoCloseable {

	private final List<String> command;

	private final @Nullable Path socket;

	private final String readyEvent;

	private final Duration timeout;

	private final List<Session> sessions = new ArrayList<>();

	private final List<Violation> violations = new ArrayList<>();

	/**
	 * Names a daemon.
	 * @param command starts it, empty if it runs already
	 * @param socket where it listens, {@code null} for stdio
	 * @param readyEvent the event by which it says that it is ready
	 * @param timeout how long each answer may take
	 */
	public DaemonUnderTest(List<String> command, @Nullable Path socket, String readyEvent, Duration timeout) {
		this.command = List.copyOf(command);
		this.socket = socket;
		this.readyEvent = readyEvent;
		this.timeout = timeout;
	}

	/**
	 * Starts the daemon, or connects to it.
	 * @return a session, in which nothing was said yet; it is closed with this
	 * @throws IOException if that can't be done
	 */
	public Session open() throws IOException {
		Endpoint endpoint = (this.socket != null) ? SocketEndpoint.connect(this.socket)
				: ProcessEndpoint.start(this.command);
		Session session = new Session(endpoint, this.readyEvent, this.timeout);
		this.sessions.add(session);
		return session;
	}

	/**
	 * Whether its process is ours, to be ended by end of input and signals.
	 * @return whether it is
	 */
	public boolean isProcess() {
		return this.socket == null;
	}

	/**
	 * Ends all sessions, and keeps what they saw.
	 */
	public void endSessions() {
		for (Session session : this.sessions) {
			session.close();
			this.violations.addAll(session.violations());
		}
		this.sessions.clear();
	}

	/**
	 * What was seen in all sessions that no daemon may send.
	 * @return the violations, oldest first
	 */
	public List<Violation> violations() {
		List<Violation> all = new ArrayList<>(this.violations);
		this.sessions.forEach((session) -> all.addAll(session.violations()));
		return all;
	}

	@Override
	public void close() {
		endSessions();
	}

}
