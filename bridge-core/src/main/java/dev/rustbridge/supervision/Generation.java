package dev.rustbridge.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Capabilities;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.ConnectionOwner;
import dev.rustbridge.connection.LostConnection;
import dev.rustbridge.jfr.JfrEvents;
import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One launch or connection: owns its process, its link, and the calls that are pending on
 * it, and takes them all with it when it ends. Confined to the loop. <pre>
 *   OPENING ─▶ HANDSHAKE ─▶ INITIALISING ─▶ SERVING ─▶ DRAINING ─▶ ENDED
 *      └───────────┴──────────────┴────────────┴────────────────────▲
 * </pre>
 */
final class Generation implements ConnectionOwner {

	/** How long a daemon may go on reading after it stopped taking what we write. */
	private static final Duration OUTPUT_GRACE = Duration.ofMillis(200);

	private final BridgeContext context;

	private final int instance;

	private final long number;

	private final Executor supervisor;

	private final StartUp startUp;

	private final ExitWatch exitWatch;

	private final Drain drain;

	private final ServiceTimes times;

	private final GenerationOwner owner;

	private final CompletableFuture<Void> gone = new CompletableFuture<>();

	private Phase phase = Phase.OPENING;

	/** Being found, launched or connected by the supervisor's thread. */
	private boolean opening;

	/** Its end was noticed; its last words are being read. */
	private boolean ending;

	// read by anybody

	private volatile @Nullable Link link;

	private volatile @Nullable Connection connection;

	private volatile @Nullable Heartbeat heartbeat;

	Generation(BridgeContext context, int instance, long number, Executor supervisor,
			List<Function<BridgeSession, Mono<Void>>> initializers, GenerationOwner owner) {
		this.context = context;
		this.instance = instance;
		this.number = number;
		this.supervisor = supervisor;
		this.startUp = new StartUp(context, instance, number, initializers);
		this.exitWatch = new ExitWatch(context.loop(), () -> end((IOException) null));
		this.drain = new Drain(context);
		this.times = new ServiceTimes(context.loop());
		this.owner = owner;
	}

	// Its start

	/**
	 * Finds, launches, connects, on the supervisor's thread. Does nothing if it was
	 * stopped before.
	 * @param transport how
	 */
	void open(Transport transport) {
		if (this.phase == Phase.ENDED) {
			return;
		}
		this.times.opened();
		this.startUp.begin();
		this.opening = true;
		new Opening(this.context, transport, this.instance, this::onOpened, this::onOpenFailed).by(this.supervisor);
	}

	private void onOpened(Link opened) {
		this.opening = false;
		this.link = opened;
		if (this.phase == Phase.ENDED) {
			// it was stopped while it was being launched
			dispose(true);
			return;
		}
		this.phase = Phase.HANDSHAKE;
		this.owner.onOpened(this);
		Connection created = new Connection(this.context, opened, this.instance, this.number, this);
		this.connection = created;
		created.open();
		// not before: what it left when it is gone already must be readable
		this.exitWatch.watch(opened.daemon());
		this.startUp.watch(this.exitWatch::look, this::onReadyTimeout);
	}

	private void onOpenFailed(BridgeStartException failure) {
		this.opening = false;
		if (this.phase == Phase.ENDED) {
			this.gone.complete(null);
			return;
		}
		failStart(failure);
	}

	private boolean isStarting() {
		return this.phase == Phase.HANDSHAKE || this.phase == Phase.INITIALISING;
	}

	private void onReadyTimeout() {
		failStart(Diagnosis.readyTimeout(this.context, this.link, this.phase == Phase.INITIALISING));
	}

	// What the connection tells

	@Override
	public void onReady(Capabilities capabilities) {
		if (this.phase != Phase.HANDSHAKE) {
			return;
		}
		this.phase = Phase.INITIALISING;
		this.startUp.initialise(new GenerationSession(this.context, connection()), this::onInitialised,
				this::onInitializerFailed);
	}

	@Override
	public void onRefused(String why, Throwable cause) {
		if (isStarting()) {
			failStart(startFailure(Reason.INITIALIZATION_FAILED, why, cause));
		}
		else if (this.phase == Phase.SERVING) {
			// nothing that comes first waits for it, so the start may have been told
			// already
			end(why);
		}
	}

	private void onInitializerFailed(Throwable failure) {
		failStart(
				startFailure(Reason.INITIALIZATION_FAILED, "an initializer failed: " + failure.getMessage(), failure));
	}

	private void onInitialised() {
		if (this.phase != Phase.INITIALISING) {
			return;
		}
		this.startUp.succeeded();
		this.phase = Phase.SERVING;
		this.times.ready();
		Heartbeat pulse = new Heartbeat(this.context, connection(), (what) -> end(what));
		this.heartbeat = pulse;
		pulse.start();
		this.owner.onServing(this);
	}

	@Override
	public void onIncompatible(String why) {
		if (isStarting()) {
			failStart(startFailure(Reason.INCOMPATIBLE_PROTOCOL, why, null));
		}
	}

	@Override
	public void onEvent(BridgeEvent event) {
		if (this.phase != Phase.ENDED) {
			this.owner.onEvent(this, event);
		}
	}

	@Override
	public void onPong() {
		Heartbeat pulse = this.heartbeat;
		if (pulse != null) {
			pulse.onPong();
		}
	}

	@Override
	public void onInputEnd(@Nullable IOException cause) {
		if (this.ending || this.phase == Phase.ENDED) {
			return;
		}
		// what came now would only be lost
		connection().closeDoor();
		this.exitWatch.awaitExit(() -> end(cause));
	}

	@Override
	public void onOutputFailed(IOException cause) {
		if (this.phase != Phase.ENDED) {
			// what it wrote before is still read; normally its end follows at once
			connection().closeDoor();
			this.context.loop().schedule(() -> this.exitWatch.awaitExit(() -> end(cause)), OUTPUT_GRACE.toNanos());
		}
	}

	@Override
	public void onBroken(String what) {
		end("the daemon broke the protocol: " + what);
	}

	@Override
	public void onTick() {
		this.exitWatch.look();
	}

	@Override
	public void onDrained() {
		this.drain.onDrained();
	}

	// Its end

	private void end(@Nullable IOException cause) {
		Link current = this.link;
		if (this.ending || this.phase == Phase.ENDED || current == null) {
			return;
		}
		this.ending = true;
		// what it left is still heard, and its log, which tells why it ended, as well
		current.drainReadable(() -> {
			if (cause != null && cause.getCause() instanceof BridgeStartException failure && isStarting()) {
				failStart(failure);
			}
			else {
				ended(Diagnosis.endStory(daemon(), cause), cause);
			}
		});
	}

	/** Not by itself, but because we have had enough of it. */
	private void end(String why) {
		if (!this.ending) {
			this.ending = true;
			ended(why, null);
		}
	}

	private void ended(String story, @Nullable IOException cause) {
		switch (this.phase) {
			case ENDED -> {
				// it was stopped meanwhile
			}
			case OPENING, HANDSHAKE, INITIALISING ->
				failStart(startFailure(Reason.EXITED_BEFORE_READY, "before it was ready " + story, cause));
			case SERVING -> {
				LostConnection lost = lost(story, cause);
				JfrEvents.lost(this.context.bridge(), this.instance, this.number, this.times.served(), story);
				finish(lost, true, () -> this.owner.onLost(this, lost));
			}
			case DRAINING -> finish(lost(story + " while it was being stopped", cause), true, null);
		}
	}

	private void failStart(BridgeStartException failure) {
		this.startUp.failed(failure);
		finish(lost("it did not start", failure), true, () -> this.owner.onStartFailed(this, failure));
	}

	/**
	 * Stops it: closes the door, lets those inside finish, ends its stdin, and so on.
	 * From whatever phase it is in.
	 * @param why told to calls that are still pending after the drain time
	 * @return completes, on any thread, once nothing of it is left
	 */
	CompletableFuture<Void> stop(String why) {
		switch (this.phase) {
			case OPENING, HANDSHAKE, INITIALISING -> finish(lost(why, null), true, null);
			case SERVING -> drain(why);
			case DRAINING, ENDED -> {
				// on its way
			}
		}
		return this.gone;
	}

	private void drain(String why) {
		this.phase = Phase.DRAINING;
		stopHeartbeat();
		this.drain.begin(connection(), why, (story) -> finish(lost(story, null), false, null));
	}

	private void finish(LostConnection lost, boolean inHaste, @Nullable Runnable tellOwner) {
		if (this.phase == Phase.ENDED) {
			return;
		}
		this.phase = Phase.ENDED;
		this.drain.cancel();
		stopHeartbeat();
		try {
			if (tellOwner != null) {
				tellOwner.run();
			}
		}
		finally {
			this.startUp.cancel();
			Connection current = this.connection;
			if (current != null) {
				current.lose(lost);
			}
			if (!this.opening) {
				dispose(inHaste);
			}
			// else it is disposed of when it comes
		}
	}

	private void dispose(boolean inHaste) {
		Link current = this.link;
		CompletableFuture<Void> disposed = (current != null) ? Disposal.of(current, inHaste)
				: CompletableFuture.completedFuture(null);
		disposed.whenComplete((done, failure) -> this.gone.complete(null));
	}

	private LostConnection lost(String story, @Nullable Throwable cause) {
		return Diagnosis.lost(daemon(), this.connection, story, cause);
	}

	private BridgeStartException startFailure(Reason reason, String message, @Nullable Throwable cause) {
		return Diagnosis.startFailure(this.context.bridge(), daemon(), reason, message, cause);
	}

	private void stopHeartbeat() {
		Heartbeat pulse = this.heartbeat;
		if (pulse != null) {
			pulse.stop();
		}
	}

	// What it knows

	Connection connection() {
		Connection current = this.connection;
		if (current == null) {
			throw new IllegalStateException("Generation " + this.number + " has no connection yet");
		}
		return current;
	}

	@Nullable Connection connectionIfOpen() {
		return this.connection;
	}

	@Nullable Link link() {
		return this.link;
	}

	@Nullable DaemonHandle daemon() {
		Link current = this.link;
		return (current != null) ? current.daemon() : null;
	}

	long number() {
		return this.number;
	}

	ServiceTimes times() {
		return this.times;
	}

	@Nullable Long heartbeatNanos() {
		Heartbeat pulse = this.heartbeat;
		return (pulse != null) ? pulse.roundTripNanos() : null;
	}

	/** Completes once nothing of it is left. */
	CompletableFuture<Void> gone() {
		return this.gone;
	}

	private enum Phase {

		OPENING, HANDSHAKE, INITIALISING, SERVING, DRAINING, ENDED

	}

}
