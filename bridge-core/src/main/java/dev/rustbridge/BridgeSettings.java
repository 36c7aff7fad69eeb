package dev.rustbridge;

import java.nio.file.Path;
import java.time.Duration;

import dev.rustbridge.BridgeOptions.HealthRequirement;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.BridgeOptions.RestartMode;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * What can be set of a bridge: one method for each property, with its default. Values are
 * checked when the bridge is built, and the property is named by what is wrong.
 *
 * @param <B> the builder
 */
public interface BridgeSettings<B extends BridgeSettings<B>> extends ProcessSettings<B> {

	/**
	 * {@code enabled}: whether the bridge may be started at all; when not, its calls
	 * fail. Default: true.
	 * @param enabled the value
	 * @return this builder
	 */
	B enabled(boolean enabled);

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

}
