package dev.rustbridge.boot.properties;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.HealthRequirement;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.BridgeOptions.RestartMode;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set of a bridge, and of the defaults of all. Paths are text: a relative
 * {@code Path} would be bound to a class path resource of that name where there is one.
 *
 * @param enabled Whether the bridge may be started at all. When not, the bean exists, is
 * never started, and its calls fail.
 * @param binary The executable to launch.
 * @param args Arguments of the process.
 * @param environment Environment variables of the process, over those it inherits.
 * @param inheritEnvironment Whether the process inherits the environment of the
 * application. Without it only PATH, HOME, USER, LANG, LC_ALL, TZ, TMPDIR and, on
 * Windows, SystemRoot pass.
 * @param workingDirectory Working directory of the process. Default is that of the
 * application.
 * @param socket The Unix socket of a running daemon.
 * @param startup When the daemon is started, and what its failure means: 'required' is
 * part of the application's start, 'background' is tried on beside it, 'lazy' is started
 * by the first call.
 * @param health Whether the application is healthy without the bridge. Default is
 * 'required' where 'startup' is 'required', else 'optional'.
 * @param readyEvent Name of the event that says that the daemon can serve.
 * @param readyTimeout How long it may take until the daemon is ready.
 * @param requestTimeout Total time of a command without chunks.
 * @param streamTimeout Longest inactivity of a stream while there is demand. Default is
 * 'request-timeout'.
 * @param streamBuffer Size of the chunks held for a subscriber that has no demand.
 * @param streamStallTimeout How long a stream without demand may hold up the reading of
 * the connection of a classic daemon.
 * @param maxMessageSize Longest line, without its newline, in both directions.
 * @param maxInFlight Number of calls that may be pending at once. Beyond it a call fails
 * at once.
 * @param maxQueuedBytes Size of the commands that may wait to be written. Beyond it a
 * call fails at once.
 * @param instances Number of processes or connections that serve the bridge.
 * @param reconnect How the daemon is tried again.
 * @param whileUnavailable What happens to calls while no daemon is ready: they 'fail' at
 * once, or 'wait' up to their own deadline in a bounded queue.
 * @param idleStop Idle time after which a daemon is stopped until the next call. Needs
 * 'startup' to be 'lazy'. Default is never.
 * @param heartbeat How a silent daemon is found out.
 * @param restart How a planned restart goes.
 * @param idempotentRetries How often an idempotent command is sent again after a lost
 * connection.
 * @param stdio What the daemon's standard streams are made of: 'auto' takes Unix socket
 * pairs where they can be had, else pipes.
 * @param events How events wait for slow listeners.
 * @param shutdown The stages of a stop, each with its time.
 * @param stderr What becomes of the daemon's log.
 */
public record BridgeProperties(@DefaultValue("true") boolean enabled, @DefaultValue Binary binary,
		@DefaultValue("--management") List<String> args, @DefaultValue Map<String, String> environment,
		@DefaultValue("true") boolean inheritEnvironment, @Nullable String workingDirectory,
		@DefaultValue Socket socket, @DefaultValue("required") Startup startup, @Nullable HealthRequirement health,
		@DefaultValue("ready") String readyEvent, @DefaultValue("10s") Duration readyTimeout,
		@DefaultValue("30s") Duration requestTimeout, @Nullable Duration streamTimeout,
		@DefaultValue("16MB") DataSize streamBuffer, @DefaultValue("10s") Duration streamStallTimeout,
		@DefaultValue("50MB") DataSize maxMessageSize, @DefaultValue("65536") int maxInFlight,
		@DefaultValue("64MB") DataSize maxQueuedBytes, @DefaultValue("1") int instances,
		@DefaultValue Reconnect reconnect, @DefaultValue("fail") WhileUnavailable whileUnavailable,
		@Nullable Duration idleStop, @DefaultValue Heartbeat heartbeat, @DefaultValue Restart restart,
		@DefaultValue("1") int idempotentRetries, @DefaultValue("auto") StdioMode stdio, @DefaultValue Events events,
		@DefaultValue Shutdown shutdown, @DefaultValue Stderr stderr) {

	public BridgeProperties {
		args = List.copyOf(args);
		environment = Map.copyOf(environment);
	}

	/**
	 * The executable to launch.
	 *
	 * @param name Name of the executable, to be looked up in the environment variable,
	 * the class path, the search paths and the system path.
	 * @param path Path of the executable. It wins over the name, and never falls through
	 * to the look-up.
	 * @param envVar Name of the environment variable that may hold the path of the
	 * executable.
	 * @param searchPaths Folders in which the executable is looked for. Default is
	 * Cargo's 'target/release' and 'target/debug', also under 'rust' and in parent
	 * folders up to the project's root.
	 * @param searchSystemPath Whether the folders of the system path are looked in at
	 * last.
	 * @param sha256 SHA-256 digest that the executable must have, in hexadecimal.
	 * @param cacheDir Folder to which executables are extracted. Default is the user's
	 * cache folder.
	 */
	public record Binary(@Nullable String name, @Nullable String path, @Nullable String envVar,
			@Nullable List<String> searchPaths, @DefaultValue("true") boolean searchSystemPath, @Nullable String sha256,
			@Nullable String cacheDir) {

	}

	/**
	 * The Unix socket of a running daemon.
	 *
	 * @param path Path of the Unix socket of a running daemon. Together with a binary:
	 * launch that, then connect.
	 * @param peerUid Numeric id of the user that must own the socket and serve it.
	 * Default is the application's own user or root.
	 */
	public record Socket(@Nullable String path, @Nullable Long peerUid) {

	}

	/**
	 * How the daemon is tried again.
	 *
	 * @param enabled Whether a lost daemon is started, or connected to, again.
	 * @param initialDelay Delay before the first attempt.
	 * @param maxDelay Longest delay.
	 * @param multiplier Factor from one delay to the next.
	 * @param jitter Share of each delay that is random, from 0 to 1.
	 * @param maxAttempts Attempts in a row before the bridge is given up. Default is no
	 * limit.
	 * @param resetAfter Healthy time after which the attempts are counted from the start.
	 */
	public record Reconnect(@DefaultValue("true") boolean enabled, @DefaultValue("100ms") Duration initialDelay,
			@DefaultValue("30s") Duration maxDelay, @DefaultValue("2.0") double multiplier,
			@DefaultValue("0.2") double jitter, @Nullable Integer maxAttempts,
			@DefaultValue("30s") Duration resetAfter) {

	}

	/**
	 * How a silent daemon is found out.
	 *
	 * @param interval Time between heartbeats, 0 to switch them off. Default is 10
	 * seconds with the extended protocol, else off.
	 * @param timeout How long the answer to a heartbeat may take.
	 * @param busyTimeout How long a classic daemon may leave a command unanswered before
	 * it counts as dead. Default is off.
	 */
	public record Heartbeat(@Nullable Duration interval, @DefaultValue("10s") Duration timeout,
			@Nullable Duration busyTimeout) {

	}

	/**
	 * How a planned restart goes.
	 *
	 * @param mode How a planned restart goes: 'overlap' brings the new daemon up before
	 * the old one is drained, 'sequential' after. Default is 'sequential' with a binary
	 * and a socket, else 'overlap'.
	 */
	public record Restart(@Nullable RestartMode mode) {

	}

	/**
	 * How events wait for slow listeners.
	 *
	 * @param buffer Number of events held for a slow listener.
	 * @param overflow What happens beyond the buffer. 'pause' stops the reading of the
	 * whole connection, up to 'stream-stall-timeout', and can't be combined with handlers
	 * on the same bridge.
	 */
	public record Events(@DefaultValue("1024") int buffer, @DefaultValue("drop-oldest") OverflowPolicy overflow) {

	}

	/**
	 * The stages of a stop, each with its time.
	 *
	 * @param drainTimeout Time for what is in flight.
	 * @param exitTimeout Time to exit after the end of stdin.
	 * @param killTimeout Time to exit after SIGTERM, before SIGKILL.
	 * @param descendants What happens to processes that the daemon started when it is
	 * stopped or has crashed.
	 */
	public record Shutdown(@DefaultValue("10s") Duration drainTimeout, @DefaultValue("5s") Duration exitTimeout,
			@DefaultValue("5s") Duration killTimeout, @DefaultValue("kill") Descendants descendants) {

		/**
		 * The longest time that a stop may take.
		 * @return the sum of the stages
		 */
		public Duration total() {
			return this.drainTimeout.plus(this.exitTimeout).plus(this.killTimeout);
		}

	}

	/**
	 * What becomes of the daemon's log.
	 *
	 * @param level Level at which the daemon's log is logged. Default is what each line
	 * says, else info.
	 * @param tailLines Number of last lines of the log kept for diagnosis.
	 */
	public record Stderr(@Nullable Level level, @DefaultValue("50") int tailLines) {

	}

}
