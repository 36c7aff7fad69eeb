package dev.rustbridge;

import java.nio.file.Path;
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

/**
 * What can be set of a bridge: one method for each property, with its default. Values are
 * checked when the bridge is built, and the property is named by what is wrong.
 *
 * @param <B> the builder
 */
public interface BridgeSettings<B extends BridgeSettings<B>> {

	/**
	 * {@code enabled}: whether the bridge may be started at all; when not, its calls
	 * fail. Default: true.
	 * @param enabled the value
	 * @return this builder
	 */
	B enabled(boolean enabled);

	/**
	 * {@code binary.name}: name of the executable, to be looked up.
	 * @param name the value
	 * @return this builder
	 */
	B binaryName(@Nullable String name);

	/**
	 * {@code binary.path}: path of the executable; wins, and never falls through to the
	 * look-up.
	 * @param path the value
	 * @return this builder
	 */
	B binaryPath(@Nullable Path path);

	/**
	 * {@code binary.env-var}: environment variable that may hold the path of the
	 * executable.
	 * @param envVar the value
	 * @return this builder
	 */
	B binaryEnvVar(@Nullable String envVar);

	/**
	 * {@code binary.search-paths}: folders to look in; {@code null} stands for those of
	 * Cargo.
	 * @param searchPaths the value
	 * @return this builder
	 */
	B binarySearchPaths(@Nullable List<Path> searchPaths);

	/**
	 * {@code binary.search-system-path}: whether the folders of the system path are
	 * looked in at last. Default: true.
	 * @param searchSystemPath the value
	 * @return this builder
	 */
	B binarySearchSystemPath(boolean searchSystemPath);

	/**
	 * {@code binary.sha256}: digest that the executable must have, in hexadecimal.
	 * @param sha256 the value
	 * @return this builder
	 */
	B binarySha256(@Nullable String sha256);

	/**
	 * {@code binary.cache-dir}: where executables are extracted to; {@code null} stands
	 * for the user's cache folder.
	 * @param cacheDir the value
	 * @return this builder
	 */
	B binaryCacheDir(@Nullable Path cacheDir);

	/**
	 * {@code args}: arguments of the process. Default: {@code --management}.
	 * @param args the value
	 * @return this builder
	 */
	B args(List<String> args);

	/**
	 * {@code args}, one by one.
	 * @param args the arguments
	 * @return this builder
	 */
	default B args(String... args) {
		return args(List.of(args));
	}

	/**
	 * {@code environment}: environment variables of the process, over those it inherits.
	 * Default: none.
	 * @param environment the value
	 * @return this builder
	 */
	B environment(Map<String, String> environment);

	/**
	 * {@code inherit-environment}: whether the process inherits our environment; without
	 * it only PATH, HOME, USER, LANG, LC_ALL, TZ, TMPDIR and, on Windows, SystemRoot
	 * pass. Default: true.
	 * @param inheritEnvironment the value
	 * @return this builder
	 */
	B inheritEnvironment(boolean inheritEnvironment);

	/**
	 * {@code working-directory}: working directory of the process; {@code null} stands
	 * for ours.
	 * @param workingDirectory the value
	 * @return this builder
	 */
	B workingDirectory(@Nullable Path workingDirectory);

	/**
	 * {@code socket.path}: the Unix socket of a running daemon; together with a binary:
	 * launch that, then connect.
	 * @param path the value
	 * @return this builder
	 */
	B socketPath(@Nullable Path path);

	/**
	 * {@code socket.peer-uid}: the user that must own the socket and serve it;
	 * {@code null} stands for our own or root.
	 * @param peerUid the value
	 * @return this builder
	 */
	B socketPeerUid(@Nullable Long peerUid);

	/**
	 * {@code startup}: when the daemon is started, and what its failure means. Default:
	 * required.
	 * @param startup the value
	 * @return this builder
	 */
	B startup(Startup startup);

	/**
	 * {@code health}: whether the application is healthy without it; {@code null} follows
	 * from {@code startup}.
	 * @param health the value
	 * @return this builder
	 */
	B health(@Nullable HealthRequirement health);

	/**
	 * {@code ready-event}: the event that says that the daemon can serve. Default: ready.
	 * @param readyEvent the value
	 * @return this builder
	 */
	B readyEvent(String readyEvent);

	/**
	 * {@code ready-timeout}: how long it may take until then. Default: 10s.
	 * @param readyTimeout the value
	 * @return this builder
	 */
	B readyTimeout(Duration readyTimeout);

	/**
	 * {@code request-timeout}: total time of a command without chunks. Default: 30s.
	 * @param requestTimeout the value
	 * @return this builder
	 */
	B requestTimeout(Duration requestTimeout);

	/**
	 * {@code stream-timeout}: longest inactivity of a stream while there is demand;
	 * {@code null} follows {@code requestTimeout}.
	 * @param streamTimeout the value
	 * @return this builder
	 */
	B streamTimeout(@Nullable Duration streamTimeout);

	/**
	 * {@code stream-buffer}: bytes of chunks held for a subscriber that has no demand.
	 * Default: 16 MiB.
	 * @param streamBuffer the value
	 * @return this builder
	 */
	B streamBuffer(long streamBuffer);

	/**
	 * {@code stream-stall-timeout}: how long a stream without demand may hold up the
	 * reading of its connection. Default: 10s.
	 * @param streamStallTimeout the value
	 * @return this builder
	 */
	B streamStallTimeout(Duration streamStallTimeout);

	/**
	 * {@code max-message-size}: longest line in bytes, without its newline, in both
	 * directions. Default: 50 MiB.
	 * @param maxMessageSize the value
	 * @return this builder
	 */
	B maxMessageSize(long maxMessageSize);

	/**
	 * {@code max-in-flight}: calls that may be pending at once. Default: 65536.
	 * @param maxInFlight the value
	 * @return this builder
	 */
	B maxInFlight(int maxInFlight);

	/**
	 * {@code max-queued-bytes}: bytes that may wait to be written. Default: 64 MiB.
	 * @param maxQueuedBytes the value
	 * @return this builder
	 */
	B maxQueuedBytes(long maxQueuedBytes);

	/**
	 * {@code instances}: how many processes or connections serve the bridge. Default: 1.
	 * @param instances the value
	 * @return this builder
	 */
	B instances(int instances);

	/**
	 * {@code reconnect.enabled}: whether a lost daemon is started or connected to again.
	 * Default: true.
	 * @param enabled the value
	 * @return this builder
	 */
	B reconnectEnabled(boolean enabled);

	/**
	 * {@code reconnect.initial-delay}: delay before the first attempt. Default: 100ms.
	 * @param initialDelay the value
	 * @return this builder
	 */
	B reconnectInitialDelay(Duration initialDelay);

	/**
	 * {@code reconnect.max-delay}: longest delay. Default: 30s.
	 * @param maxDelay the value
	 * @return this builder
	 */
	B reconnectMaxDelay(Duration maxDelay);

	/**
	 * {@code reconnect.multiplier}: factor from one delay to the next. Default: 2.0.
	 * @param multiplier the value
	 * @return this builder
	 */
	B reconnectMultiplier(double multiplier);

	/**
	 * {@code reconnect.jitter}: share of each delay that is random, 0 to 1. Default: 0.2.
	 * @param jitter the value
	 * @return this builder
	 */
	B reconnectJitter(double jitter);

	/**
	 * {@code reconnect.max-attempts}: attempts in a row before the bridge is FAILED;
	 * {@code null} stands for no limit.
	 * @param maxAttempts the value
	 * @return this builder
	 */
	B reconnectMaxAttempts(@Nullable Integer maxAttempts);

	/**
	 * {@code reconnect.reset-after}: healthy time after which the attempts are counted
	 * from the start. Default: 30s.
	 * @param resetAfter the value
	 * @return this builder
	 */
	B reconnectResetAfter(Duration resetAfter);

	/**
	 * {@code while-unavailable}: what happens to calls while no generation is ready.
	 * Default: fail.
	 * @param whileUnavailable the value
	 * @return this builder
	 */
	B whileUnavailable(WhileUnavailable whileUnavailable);

	/**
	 * {@code idle-stop}: idle time after which a lazy daemon is stopped until the next
	 * call; {@code null} stands for never.
	 * @param idleStop the value
	 * @return this builder
	 */
	B idleStop(@Nullable Duration idleStop);

	/**
	 * {@code heartbeat.interval}: time between heartbeats; {@code null} stands for 10 s
	 * with the extended protocol and off without; zero is off.
	 * @param interval the value
	 * @return this builder
	 */
	B heartbeatInterval(@Nullable Duration interval);

	/**
	 * {@code heartbeat.timeout}: how long the answer may take. Default: 10s.
	 * @param timeout the value
	 * @return this builder
	 */
	B heartbeatTimeout(Duration timeout);

	/**
	 * {@code heartbeat.busy-timeout}: how long a classic daemon may leave an older
	 * command unanswered before it counts as dead; {@code null} is off.
	 * @param busyTimeout the value
	 * @return this builder
	 */
	B heartbeatBusyTimeout(@Nullable Duration busyTimeout);

	/**
	 * {@code restart.mode}: how a planned restart goes; {@code null} stands for OVERLAP,
	 * or SEQUENTIAL where the daemon owns a socket path.
	 * @param restartMode the value
	 * @return this builder
	 */
	B restartMode(@Nullable RestartMode restartMode);

	/**
	 * {@code idempotent-retries}: how often an idempotent command is sent again after a
	 * lost connection. Default: 1.
	 * @param idempotentRetries the value
	 * @return this builder
	 */
	B idempotentRetries(int idempotentRetries);

	/**
	 * {@code stdio}: what the daemon's standard streams are made of. Default: auto.
	 * @param stdio the value
	 * @return this builder
	 */
	B stdio(StdioMode stdio);

	/**
	 * {@code events.buffer}: events held for a slow subscriber. Default: 1024.
	 * @param buffer the value
	 * @return this builder
	 */
	B eventsBuffer(int buffer);

	/**
	 * {@code events.overflow}: what happens beyond that. Default: drop-oldest.
	 * @param overflow the value
	 * @return this builder
	 */
	B eventsOverflow(OverflowPolicy overflow);

	/**
	 * {@code shutdown.drain-timeout}: time for what is in flight. Default: 10s.
	 * @param drainTimeout the value
	 * @return this builder
	 */
	B shutdownDrainTimeout(Duration drainTimeout);

	/**
	 * {@code shutdown.exit-timeout}: time to exit after the end of stdin. Default: 5s.
	 * @param exitTimeout the value
	 * @return this builder
	 */
	B shutdownExitTimeout(Duration exitTimeout);

	/**
	 * {@code shutdown.kill-timeout}: time to exit after SIGTERM, before SIGKILL. Default:
	 * 5s.
	 * @param killTimeout the value
	 * @return this builder
	 */
	B shutdownKillTimeout(Duration killTimeout);

	/**
	 * {@code shutdown.descendants}: what happens to processes that the daemon started
	 * when it is stopped or has crashed. Default: kill.
	 * @param descendants the value
	 * @return this builder
	 */
	B shutdownDescendants(Descendants descendants);

	/**
	 * {@code stderr.level}: level at which the daemon's log is logged; {@code null}: as
	 * each line says, else info.
	 * @param level the value
	 * @return this builder
	 */
	B stderrLevel(@Nullable Level level);

	/**
	 * {@code stderr.tail-lines}: last lines of the log kept for diagnosis. Default: 50.
	 * @param tailLines the value
	 * @return this builder
	 */
	B stderrTailLines(int tailLines);

}
