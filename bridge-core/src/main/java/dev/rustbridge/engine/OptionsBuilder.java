package dev.rustbridge.engine;

import java.nio.file.Path;
import java.time.Duration;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.HealthRequirement;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.BridgeOptions.RestartMode;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeSettings;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the options of a bridge, starting from the defaults.
 *
 * @param <B> the builder that extends this
 */
abstract class OptionsBuilder<B extends BridgeSettings<B>> extends ProcessOptionsBuilder<B>
		implements BridgeSettings<B> {

	private final String name;

	private boolean enabled = true;

	private @Nullable Path socketPath;

	private @Nullable Long socketPeerUid;

	private Startup startup = Startup.REQUIRED;

	private @Nullable HealthRequirement health;

	private String readyEvent = "ready";

	private Duration readyTimeout = Duration.ofSeconds(10);

	private Duration requestTimeout = Duration.ofSeconds(30);

	private @Nullable Duration streamTimeout;

	private long streamBuffer = 16L << 20;

	private Duration streamStallTimeout = Duration.ofSeconds(10);

	private long maxMessageSize = 50L << 20;

	private int maxInFlight = 65536;

	private long maxQueuedBytes = 64L << 20;

	private int instances = 1;

	private boolean reconnectEnabled = true;

	private Duration reconnectInitialDelay = Duration.ofMillis(100);

	private Duration reconnectMaxDelay = Duration.ofSeconds(30);

	private double reconnectMultiplier = 2.0;

	private double reconnectJitter = 0.2;

	private @Nullable Integer reconnectMaxAttempts;

	private Duration reconnectResetAfter = Duration.ofSeconds(30);

	private WhileUnavailable whileUnavailable = WhileUnavailable.FAIL;

	private @Nullable Duration idleStop;

	private @Nullable Duration heartbeatInterval;

	private Duration heartbeatTimeout = Duration.ofSeconds(10);

	private @Nullable Duration heartbeatBusyTimeout;

	private @Nullable RestartMode restartMode;

	private int idempotentRetries = 1;

	private int eventsBuffer = 1024;

	private OverflowPolicy eventsOverflow = OverflowPolicy.DROP_OLDEST;

	OptionsBuilder(String name) {
		this.name = name;
	}

	@Override
	public B enabled(boolean enabled) {
		this.enabled = enabled;
		return self();
	}

	@Override
	public B socketPath(@Nullable Path path) {
		this.socketPath = path;
		return self();
	}

	@Override
	public B socketPeerUid(@Nullable Long peerUid) {
		this.socketPeerUid = peerUid;
		return self();
	}

	@Override
	public B startup(Startup startup) {
		this.startup = startup;
		return self();
	}

	@Override
	public B health(@Nullable HealthRequirement health) {
		this.health = health;
		return self();
	}

	@Override
	public B readyEvent(String readyEvent) {
		this.readyEvent = readyEvent;
		return self();
	}

	@Override
	public B readyTimeout(Duration readyTimeout) {
		this.readyTimeout = readyTimeout;
		return self();
	}

	@Override
	public B requestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
		return self();
	}

	@Override
	public B streamTimeout(@Nullable Duration streamTimeout) {
		this.streamTimeout = streamTimeout;
		return self();
	}

	@Override
	public B streamBuffer(long streamBuffer) {
		this.streamBuffer = streamBuffer;
		return self();
	}

	@Override
	public B streamStallTimeout(Duration streamStallTimeout) {
		this.streamStallTimeout = streamStallTimeout;
		return self();
	}

	@Override
	public B maxMessageSize(long maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
		return self();
	}

	@Override
	public B maxInFlight(int maxInFlight) {
		this.maxInFlight = maxInFlight;
		return self();
	}

	@Override
	public B maxQueuedBytes(long maxQueuedBytes) {
		this.maxQueuedBytes = maxQueuedBytes;
		return self();
	}

	@Override
	public B instances(int instances) {
		this.instances = instances;
		return self();
	}

	@Override
	public B reconnectEnabled(boolean enabled) {
		this.reconnectEnabled = enabled;
		return self();
	}

	@Override
	public B reconnectInitialDelay(Duration initialDelay) {
		this.reconnectInitialDelay = initialDelay;
		return self();
	}

	@Override
	public B reconnectMaxDelay(Duration maxDelay) {
		this.reconnectMaxDelay = maxDelay;
		return self();
	}

	@Override
	public B reconnectMultiplier(double multiplier) {
		this.reconnectMultiplier = multiplier;
		return self();
	}

	@Override
	public B reconnectJitter(double jitter) {
		this.reconnectJitter = jitter;
		return self();
	}

	@Override
	public B reconnectMaxAttempts(@Nullable Integer maxAttempts) {
		this.reconnectMaxAttempts = maxAttempts;
		return self();
	}

	@Override
	public B reconnectResetAfter(Duration resetAfter) {
		this.reconnectResetAfter = resetAfter;
		return self();
	}

	@Override
	public B whileUnavailable(WhileUnavailable whileUnavailable) {
		this.whileUnavailable = whileUnavailable;
		return self();
	}

	@Override
	public B idleStop(@Nullable Duration idleStop) {
		this.idleStop = idleStop;
		return self();
	}

	@Override
	public B heartbeatInterval(@Nullable Duration interval) {
		this.heartbeatInterval = interval;
		return self();
	}

	@Override
	public B heartbeatTimeout(Duration timeout) {
		this.heartbeatTimeout = timeout;
		return self();
	}

	@Override
	public B heartbeatBusyTimeout(@Nullable Duration busyTimeout) {
		this.heartbeatBusyTimeout = busyTimeout;
		return self();
	}

	@Override
	public B restartMode(@Nullable RestartMode restartMode) {
		this.restartMode = restartMode;
		return self();
	}

	@Override
	public B idempotentRetries(int idempotentRetries) {
		this.idempotentRetries = idempotentRetries;
		return self();
	}

	@Override
	public B eventsBuffer(int buffer) {
		this.eventsBuffer = buffer;
		return self();
	}

	@Override
	public B eventsOverflow(OverflowPolicy overflow) {
		this.eventsOverflow = overflow;
		return self();
	}

	BridgeOptions options() {
		BridgeOptions.Socket socket = new BridgeOptions.Socket(this.socketPath, this.socketPeerUid);
		BridgeOptions.Reconnect reconnect = new BridgeOptions.Reconnect(this.reconnectEnabled,
				this.reconnectInitialDelay, this.reconnectMaxDelay, this.reconnectMultiplier, this.reconnectJitter,
				this.reconnectMaxAttempts, this.reconnectResetAfter);
		BridgeOptions.Heartbeat heartbeat = new BridgeOptions.Heartbeat(this.heartbeatInterval, this.heartbeatTimeout,
				this.heartbeatBusyTimeout);
		BridgeOptions.Events events = new BridgeOptions.Events(this.eventsBuffer, this.eventsOverflow);
		BridgeOptions options = new BridgeOptions(this.name, this.enabled, binary(), args(), environment(),
				inheritsEnvironment(), workingDirectory(), socket, this.startup, this.health, this.readyEvent,
				this.readyTimeout, this.requestTimeout, this.streamTimeout, this.streamBuffer, this.streamStallTimeout,
				this.maxMessageSize, this.maxInFlight, this.maxQueuedBytes, this.instances, reconnect,
				this.whileUnavailable, this.idleStop, heartbeat, this.restartMode, this.idempotentRetries, stdio(),
				events, shutdown(), stderr());
		OptionsValidator.validate(options);
		return options;
	}

}
