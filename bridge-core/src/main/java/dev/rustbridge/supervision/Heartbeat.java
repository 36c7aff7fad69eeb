package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.function.Consumer;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;

/**
 * Finds out a daemon that has fallen silent: asks for a sign of life at intervals, and
 * takes any line for one. Its clock stands still while nothing is read and, towards a
 * classic daemon, while that has commands to answer: it may do one thing after the other,
 * and a slow answer is not a dead daemon. Confined to the loop.
 */
final class Heartbeat {

	/** With the extended protocol, where nothing else is set. */
	static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

	private final BridgeContext context;

	private final Connection connection;

	private final Consumer<String> onSilence;

	private final long interval;

	private final long timeout;

	/** How long a classic daemon may be busy without a line; 0 for ever. */
	private final long busyTimeout;

	private final boolean classic;

	private IoLoop.@Nullable Timer timer;

	/** When the heartbeat was sent that is not answered yet; -1 for none. */
	private long sentAt = -1;

	/** Since when a classic daemon has had commands to answer; -1 if it has none. */
	private long busySince = -1;

	/** Round trip of the last one; any thread. */
	private volatile @Nullable Long roundTripNanos;

	/**
	 * Makes the heartbeat of a connection.
	 * @param context the bridge
	 * @param connection ready
	 * @param onSilence told once what did not come, for people
	 */
	Heartbeat(BridgeContext context, Connection connection, Consumer<String> onSilence) {
		BridgeOptions.Heartbeat options = context.options().heartbeat();
		this.context = context;
		this.connection = connection;
		this.onSilence = onSilence;
		this.classic = !connection.capabilities().extended();
		this.interval = interval(options.interval()).toNanos();
		this.timeout = options.timeout().toNanos();
		this.busyTimeout = (this.classic && options.busyTimeout() != null) ? options.busyTimeout().toNanos() : 0;
	}

	private Duration interval(@Nullable Duration configured) {
		if (configured != null) {
			return configured;
		}
		return this.classic ? Duration.ZERO : DEFAULT_INTERVAL;
	}

	void start() {
		if (this.interval > 0) {
			in(this.interval, this::beat);
		}
		else if (this.busyTimeout > 0) {
			in(this.busyTimeout, this::watchBusy);
		}
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
		this.sentAt = -1;
	}

	private void in(long nanos, Runnable step) {
		this.timer = this.context.loop().schedule(step, nanos);
	}

	private void beat() {
		if (this.classic && this.connection.isBusy()) {
			judgeBusy(this::beat, this.interval);
			return;
		}
		this.busySince = -1;
		this.sentAt = now();
		this.connection.ping();
		in(this.timeout, this::judge);
	}

	/** The time is over: unless something else came, or nothing could come. */
	private void judge() {
		long heardAt = this.connection.lastHeardAt();
		if (this.connection.isReadingPaused()) {
			in(this.timeout, this::judge);
		}
		else if (heardAt >= this.sentAt) {
			beatIn(heardAt + this.interval - now());
		}
		else {
			this.onSilence.accept("the daemon did not answer a heartbeat within " + Durations.text(this.timeout));
		}
	}

	private void beatIn(long nanos) {
		in(Math.max(1, nanos), this::beat);
	}

	/** The answer to the last heartbeat came. */
	void onPong() {
		if (this.sentAt < 0) {
			return;
		}
		long nanos = now() - this.sentAt;
		this.sentAt = -1;
		this.roundTripNanos = nanos;
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.context.tell((listener) -> listener.heartbeat(this.connection.instance(), Duration.ofNanos(nanos)));
		beatIn(this.interval - nanos);
	}

	private void watchBusy() {
		if (this.connection.isBusy()) {
			judgeBusy(this::watchBusy, this.busyTimeout);
		}
		else {
			this.busySince = -1;
			in(this.busyTimeout, this::watchBusy);
		}
	}

	private void judgeBusy(Runnable next, long soon) {
		long now = now();
		if (this.busySince < 0) {
			this.busySince = now;
		}
		if (this.busyTimeout == 0 || this.connection.isReadingPaused()) {
			in(soon, next);
			return;
		}
		long silentFor = now - Math.max(this.busySince, this.connection.lastHeardAt());
		if (silentFor >= this.busyTimeout) {
			this.onSilence.accept("the daemon has commands to answer, and nothing came from it for "
					+ Durations.text(silentFor) + " ('heartbeat.busy-timeout')");
		}
		else {
			in(Math.min(soon, this.busyTimeout - silentFor), next);
		}
	}

	private long now() {
		return this.context.deadlines().now();
	}

	@Nullable Long roundTripNanos() {
		return this.roundTripNanos;
	}

}
