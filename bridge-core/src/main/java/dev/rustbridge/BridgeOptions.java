package dev.rustbridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The options in force of a bridge: immutable, complete and valid. Each component is the
 * property of the same name; sizes are bytes.
 *
 * @param name the bridge's name
 * @param enabled whether the bridge may be started at all; when not, its calls fail
 * @param binary which executable, where to look for it
 * @param args arguments of the process
 * @param environment environment variables of the process, over those it inherits
 * @param inheritEnvironment whether the process inherits our environment; without it only
 * PATH, HOME, USER, LANG, LC_ALL, TZ, TMPDIR and, on Windows, SystemRoot pass
 * @param workingDirectory working directory of the process; {@code null} stands for ours
 * @param socket the Unix socket of a running daemon
 * @param startup when the daemon is started, and what its failure means
 * @param health whether the application is healthy without it; {@code null} follows from
 * {@code startup}
 * @param readyEvent the event that says that the daemon can serve
 * @param readyTimeout how long it may take until then
 * @param requestTimeout total time of a command without chunks
 * @param streamTimeout longest inactivity of a stream while there is demand; {@code null}
 * follows {@code requestTimeout}
 * @param streamBuffer bytes of chunks held for a subscriber that has no demand
 * @param streamStallTimeout how long a stream without demand may hold up the reading of
 * its connection
 * @param maxMessageSize longest line in bytes, without its newline, in both directions
 * @param maxInFlight calls that may be pending at once
 * @param maxQueuedBytes bytes that may wait to be written
 * @param instances how many processes or connections serve the bridge
 * @param reconnect how it is tried again
 * @param whileUnavailable what happens to calls while no generation is ready
 * @param idleStop idle time after which a lazy daemon is stopped until the next call;
 * {@code null} stands for never
 * @param heartbeat how a silent daemon is found out
 * @param restartMode how a planned restart goes; {@code null} stands for OVERLAP, or
 * SEQUENTIAL where the daemon owns a socket path
 * @param idempotentRetries how often an idempotent command is sent again after a lost
 * connection
 * @param stdio what the daemon's standard streams are made of
 * @param events how events wait for slow subscribers
 * @param shutdown the stages of a stop, each with its time
 * @param stderr what becomes of its log
 */
public record BridgeOptions(String name, boolean enabled, Binary binary, List<String> args,
		Map<String, String> environment, boolean inheritEnvironment, @Nullable Path workingDirectory, Socket socket,
		Startup startup, @Nullable HealthRequirement health, String readyEvent, Duration readyTimeout,
		Duration requestTimeout, @Nullable Duration streamTimeout, long streamBuffer, Duration streamStallTimeout,
		long maxMessageSize, int maxInFlight, long maxQueuedBytes, int instances, Reconnect reconnect,
		WhileUnavailable whileUnavailable, @Nullable Duration idleStop, Heartbeat heartbeat,
		@Nullable RestartMode restartMode, int idempotentRetries, StdioMode stdio, Events events, Shutdown shutdown,
		Stderr stderr) {

	public BridgeOptions {
		args = List.copyOf(args);
		environment = Map.copyOf(environment);
	}

	/**
	 * Whether the application counts as unhealthy without this bridge.
	 * @return the configured requirement, else required where the start is
	 */
	public HealthRequirement effectiveHealth() {
		if (this.health != null) {
			return this.health;
		}
		return (this.startup == Startup.REQUIRED) ? HealthRequirement.REQUIRED : HealthRequirement.OPTIONAL;
	}

	/**
	 * The longest inactivity of a stream.
	 * @return the configured time, else that of a request
	 */
	public Duration effectiveStreamTimeout() {
		return (this.streamTimeout != null) ? this.streamTimeout : this.requestTimeout;
	}

	/**
	 * How a planned restart goes.
	 * @return the configured mode, else sequential where the daemon owns a socket path
	 */
	public RestartMode effectiveRestartMode() {
		if (this.restartMode != null) {
			return this.restartMode;
		}
		return (launches() && this.socket.path() != null) ? RestartMode.SEQUENTIAL : RestartMode.OVERLAP;
	}

	/**
	 * Whether the daemon is launched by us.
	 * @return {@code true} where a binary is named
	 */
	public boolean launches() {
		return this.binary.name() != null || this.binary.path() != null || this.binary.envVar() != null;
	}

	/**
	 * Which executable, where to look for it.
	 *
	 * @param name name of the executable, to be looked up
	 * @param path path of the executable; wins, and never falls through to the look-up
	 * @param envVar environment variable that may hold the path of the executable
	 * @param searchPaths folders to look in; {@code null} stands for those of Cargo
	 * @param searchSystemPath whether the folders of the system path are looked in at
	 * last
	 * @param sha256 digest that the executable must have, in hexadecimal
	 * @param cacheDir where executables are extracted to; {@code null} stands for the
	 * user's cache folder
	 */
	public record Binary(@Nullable String name, @Nullable Path path, @Nullable String envVar,
			@Nullable List<Path> searchPaths, boolean searchSystemPath, @Nullable String sha256,
			@Nullable Path cacheDir) {

		public Binary {
			searchPaths = (searchPaths != null) ? List.copyOf(searchPaths) : null;
		}

	}

	/**
	 * The Unix socket of a running daemon.
	 *
	 * @param path the Unix socket of a running daemon; together with a binary: launch
	 * that, then connect
	 * @param peerUid the user that must own the socket and serve it; {@code null} stands
	 * for our own or root
	 */
	public record Socket(@Nullable Path path, @Nullable Long peerUid) {

	}

	/**
	 * How it is tried again.
	 *
	 * @param enabled whether a lost daemon is started or connected to again
	 * @param initialDelay delay before the first attempt
	 * @param maxDelay longest delay
	 * @param multiplier factor from one delay to the next
	 * @param jitter share of each delay that is random, 0 to 1
	 * @param maxAttempts attempts in a row before the bridge is FAILED; {@code null}
	 * stands for no limit
	 * @param resetAfter healthy time after which the attempts are counted from the start
	 */
	public record Reconnect(boolean enabled, Duration initialDelay, Duration maxDelay, double multiplier, double jitter,
			@Nullable Integer maxAttempts, Duration resetAfter) {

	}

	/**
	 * How a silent daemon is found out.
	 *
	 * @param interval time between heartbeats; {@code null} stands for 10 s with the
	 * extended protocol and off without; zero is off
	 * @param timeout how long the answer may take
	 * @param busyTimeout how long a classic daemon may leave an older command unanswered
	 * before it counts as dead; {@code null} is off
	 */
	public record Heartbeat(@Nullable Duration interval, Duration timeout, @Nullable Duration busyTimeout) {

	}

	/**
	 * How events wait for slow subscribers.
	 *
	 * @param buffer events held for a slow subscriber
	 * @param overflow what happens beyond that
	 */
	public record Events(int buffer, OverflowPolicy overflow) {

	}

	/**
	 * The stages of a stop, each with its time.
	 *
	 * @param drainTimeout time for what is in flight
	 * @param exitTimeout time to exit after the end of stdin
	 * @param killTimeout time to exit after SIGTERM, before SIGKILL
	 * @param descendants what happens to processes that the daemon started
	 */
	public record Shutdown(Duration drainTimeout, Duration exitTimeout, Duration killTimeout, Descendants descendants) {

	}

	/**
	 * What becomes of its log.
	 *
	 * @param level level at which the daemon's log is logged; {@code null}: as each line
	 * says, else info
	 * @param tailLines last lines of the log kept for diagnosis
	 */
	public record Stderr(@Nullable Level level, int tailLines) {

	}

	/**
	 * When the daemon is started, and what its failure means.
	 */
	public enum Startup {

		/** The application comes up only with it. */
		REQUIRED,

		/** The application comes up without it, and it is tried on. */
		BACKGROUND,

		/** The first call starts it. */
		LAZY

	}

	/**
	 * Whether the application is healthy without the bridge.
	 */
	public enum HealthRequirement {

		/** Without it the application is DOWN. */
		REQUIRED,

		/** Without it the application stays UP. */
		OPTIONAL

	}

	/**
	 * What happens to calls while no generation is ready.
	 */
	public enum WhileUnavailable {

		/** They fail at once. */
		FAIL,

		/** They wait, up to their own deadline, in a bounded queue. */
		WAIT

	}

	/**
	 * How a planned restart goes.
	 */
	public enum RestartMode {

		/** The new one comes up, then the old one is drained. */
		OVERLAP,

		/**
		 * The old one is drained and stopped, then the new one comes up; commands wait.
		 */
		SEQUENTIAL

	}

	/**
	 * What the daemon's standard streams are made of.
	 */
	public enum StdioMode {

		/** Unix socket pairs where they can be had, else pipes. */
		AUTO,

		/** Pipes. */
		PIPE

	}

	/**
	 * What happens to events that a slow subscriber has no room for.
	 */
	public enum OverflowPolicy {

		/** The oldest that waits is dropped and counted. */
		DROP_OLDEST,

		/** The newest is dropped and counted. */
		DROP_NEWEST,

		/** Reading of the whole connection pauses, up to {@code stream-stall-timeout}. */
		PAUSE

	}

	/**
	 * What happens to processes that the daemon started when it is stopped or has ended
	 * by itself.
	 */
	public enum Descendants {

		/**
		 * They are killed with it. Those of one that ended by itself are found on Linux
		 * only.
		 */
		KILL,

		/** They are left alone. */
		LEAVE

	}

}
