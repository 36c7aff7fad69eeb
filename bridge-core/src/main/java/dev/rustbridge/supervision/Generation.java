package dev.rustbridge.supervision;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Capabilities;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.ConnectionOwner;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.connection.LostConnection;
import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One launch or connection: owns its process, its link, and the calls that are pending on
 * it, and takes them all with it when it ends. Confined to the loop. <pre>
 *   OPENING ─▶ HANDSHAKE ─▶ INITIALISING ─▶ SERVING ─▶ DRAINING ─▶ ENDED
 *      └───────────┴──────────────┴────────────┴────────────────────▲
 * </pre>
 */
final class Generation implements ConnectionOwner {

	/**
	 * How long the exit of a process is waited for after its stdout has ended, for the
	 * story.
	 */
	private static final Duration EXIT_GRACE = Duration.ofMillis(30);

	/** How long a daemon may go on reading after it stopped taking what we write. */
	private static final Duration OUTPUT_GRACE = Duration.ofMillis(200);

	private final BridgeContext context;

	private final int instance;

	private final long number;

	private final Executor supervisor;

	private final List<Function<BridgeSession, Mono<Void>>> initializers;

	private final GenerationOwner owner;

	private final Instant startedAt = Instant.now();

	private final CompletableFuture<Void> gone = new CompletableFuture<>();

	private final Disposable.Swap initializing = Disposables.swap();

	private Phase phase = Phase.OPENING;

	private @Nullable Link link;

	private @Nullable Connection connection;

	private IoLoop.@Nullable Timer timer;

	private @Nullable Runnable onDrained;

	private @Nullable Instant readyAt;

	private boolean opening = true;

	private boolean ending;

	Generation(BridgeContext context, int instance, long number, Executor supervisor,
			List<Function<BridgeSession, Mono<Void>>> initializers, GenerationOwner owner) {
		this.context = context;
		this.instance = instance;
		this.number = number;
		this.supervisor = supervisor;
		this.initializers = initializers;
		this.owner = owner;
	}

	/**
	 * Finds, launches, connects, on the supervisor's thread.
	 * @param transport how
	 */
	void open(Transport transport) {
		this.supervisor.execute(() -> {
			try {
				Link opened = transport.open(this.context.loop(), this.instance);
				this.context.loop().execute(() -> onOpened(opened));
			}
			catch (BridgeStartException ex) {
				this.context.loop().execute(() -> onOpenFailed(ex));
			}
			catch (RuntimeException | LinkageError ex) {
				this.context.loop()
					.execute(() -> onOpenFailed(
							startFailure(Reason.NOT_EXECUTABLE, "it could not be started: " + ex, ex)));
			}
		});
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
		Duration timeout = this.context.options().readyTimeout();
		this.timer = this.context.loop().schedule(this::onReadyTimeout, timeout.toNanos());
		this.connection = new Connection(this.context, opened, this.instance, this.number, this);
		this.connection.open();
	}

	private void onOpenFailed(BridgeStartException failure) {
		this.opening = false;
		if (this.phase == Phase.ENDED) {
			this.gone.complete(null);
		}
		failStart(failure);
	}

	private void onReadyTimeout() {
		String missing = (this.phase == Phase.HANDSHAKE)
				? "it did not say '" + this.context.options().readyEvent() + "'" : "its initializers did not complete";
		failStart(startFailure(Reason.READY_TIMEOUT, missing + " within "
				+ Durations.text(this.context.options().readyTimeout()) + "; 'ready-timeout' sets how long it may take",
				null));
	}

	// What the connection tells

	@Override
	public void onReady(Capabilities capabilities) {
		if (this.phase != Phase.HANDSHAKE) {
			return;
		}
		this.phase = Phase.INITIALISING;
		Connection current = connection();
		BridgeSession session = new GenerationSession(this.context, current);
		this.initializing.replace(Flux.fromIterable(this.initializers)
			.concatMap((initializer) -> initializer.apply(session))
			.then()
			.subscribe(null, (failure) -> onLoop(() -> onInitializerFailed(failure)),
					() -> onLoop(this::onInitialised)));
	}

	private void onInitialised() {
		if (this.phase == Phase.INITIALISING) {
			cancelTimer();
			this.phase = Phase.SERVING;
			this.readyAt = Instant.now();
			this.owner.onServing(this);
		}
	}

	private void onInitializerFailed(Throwable failure) {
		failStart(
				startFailure(Reason.INITIALIZATION_FAILED, "an initializer failed: " + failure.getMessage(), failure));
	}

	@Override
	public void onIncompatible(String why) {
		if (this.phase == Phase.HANDSHAKE || this.phase == Phase.INITIALISING) {
			failStart(startFailure(Reason.INCOMPATIBLE_PROTOCOL, why, null));
		}
	}

	@Override
	public void onEvent(BridgeEvent event) {
		if (this.phase != Phase.ENDED) {
			this.owner.onEvent(event);
		}
	}

	@Override
	public void onInputEnd(@Nullable IOException cause) {
		DaemonHandle daemon = daemon();
		if (daemon == null || !daemon.isAlive()) {
			readToTheEnd(cause);
			return;
		}
		// its exit value is worth a moment, and comes within it nearly always
		IoLoop.Timer grace = this.context.loop().schedule(() -> readToTheEnd(cause), EXIT_GRACE.toNanos());
		daemon.onExit().thenRun(() -> onLoop(() -> {
			grace.cancel();
			readToTheEnd(cause);
		}));
	}

	/** Its log may not have been read as far as its stdout, and tells why it ended. */
	private void readToTheEnd(@Nullable IOException cause) {
		Link current = this.link;
		if (current == null || this.ending) {
			return;
		}
		this.ending = true;
		current.drainReadable(() -> end(cause));
	}

	@Override
	public void onOutputFailed(IOException cause) {
		// what it wrote before is still read; normally its end follows at once
		connection().closeDoor();
		this.context.loop().schedule(() -> end(cause), OUTPUT_GRACE.toNanos());
	}

	@Override
	public void onBroken(String what) {
		end(new IOException(what));
	}

	@Override
	public void onTick() {
		DaemonHandle daemon = daemon();
		if (daemon != null && !daemon.isAlive() && !this.ending) {
			readToTheEnd(null);
		}
	}

	@Override
	public void onDrained() {
		Runnable next = this.onDrained;
		if (next != null) {
			this.onDrained = null;
			next.run();
		}
	}

	// Its end

	private void end(@Nullable IOException cause) {
		switch (this.phase) {
			case ENDED -> {
				return;
			}
			case OPENING, HANDSHAKE, INITIALISING ->
				failStart(startFailure(Reason.EXITED_BEFORE_READY, endStory(cause) + " before it was ready", cause));
			case SERVING -> {
				LostConnection lost = lost(endStory(cause), cause);
				finish(lost, true);
				this.owner.onLost(this, lost);
			}
			case DRAINING -> finish(lost(endStory(cause) + " while it was being stopped", cause), true);
		}
	}

	private void failStart(BridgeStartException failure) {
		if (this.phase == Phase.ENDED) {
			return;
		}
		finish(lost("it did not start", failure), true);
		this.owner.onStartFailed(this, failure);
	}

	/**
	 * Stops it: closes the door, lets those inside finish, ends its stdin, and so on.
	 * From whatever phase it is in.
	 * @param why told to calls that are still pending after the drain time
	 * @return completes, on any thread, once nothing of it is left
	 */
	CompletableFuture<Void> stop(String why) {
		switch (this.phase) {
			case OPENING, HANDSHAKE, INITIALISING -> finish(lost(why, null), true);
			case SERVING -> drain(why);
			case DRAINING, ENDED -> {
				// on its way
			}
		}
		return this.gone;
	}

	private void drain(String why) {
		this.phase = Phase.DRAINING;
		this.onDrained = () -> finish(lost(why, null), false);
		if (connection().closeDoor()) {
			onDrained();
			return;
		}
		Duration drainTimeout = this.context.options().shutdown().drainTimeout();
		String late = why + ", and it was still pending after 'shutdown.drain-timeout' (" + Durations.text(drainTimeout)
				+ ")";
		this.timer = this.context.loop().schedule(() -> finish(lost(late, null), false), drainTimeout.toNanos());
	}

	private void finish(LostConnection lost, boolean inHaste) {
		if (this.phase == Phase.ENDED) {
			return;
		}
		this.phase = Phase.ENDED;
		cancelTimer();
		this.onDrained = null;
		this.initializing.dispose();
		if (this.connection != null) {
			this.connection.lose(lost);
		}
		if (!this.opening) {
			dispose(inHaste);
		}
		// else it is disposed of when it comes
	}

	private void dispose(boolean inHaste) {
		Link current = this.link;
		if (current == null) {
			this.gone.complete(null);
			return;
		}
		DaemonHandle daemon = current.daemon();
		if (daemon == null) {
			current.shutdownOutput();
			current.close();
			this.gone.complete(null);
			return;
		}
		// its last words are read until it is gone
		daemon.stop(current::shutdownOutput, inHaste).whenComplete((done, failure) -> {
			current.close();
			this.gone.complete(null);
		});
	}

	private LostConnection lost(String story, @Nullable Throwable cause) {
		DaemonHandle daemon = daemon();
		return new LostConnection(story, (daemon != null) ? daemon.exitValue() : null,
				(daemon != null) ? daemon.stderrTail() : List.of(), cause);
	}

	private String endStory(@Nullable IOException cause) {
		DaemonHandle daemon = daemon();
		if (daemon != null && !daemon.isAlive()) {
			return "the daemon ended: " + daemon.exitStory();
		}
		String what = (daemon != null) ? "the daemon closed its stdout" : "the daemon closed the connection";
		return (cause != null) ? what + " (" + cause.getMessage() + ")" : what;
	}

	private BridgeStartException startFailure(Reason reason, String message, @Nullable Throwable cause) {
		DaemonHandle daemon = daemon();
		return new BridgeStartException(Origin.bridge(this.context.bridge()), reason, message, List.of(),
				(daemon != null) ? daemon.stderrTail() : List.of(), cause);
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void onLoop(Runnable task) {
		if (this.context.loop().inLoop()) {
			task.run();
		}
		else {
			this.context.loop().execute(task);
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
		return (this.link != null) ? this.link.daemon() : null;
	}

	long number() {
		return this.number;
	}

	Instant startedAt() {
		return this.startedAt;
	}

	@Nullable Instant readyAt() {
		return this.readyAt;
	}

	/** How long it has served, zero if it never did. */
	Duration served() {
		return (this.readyAt != null) ? Duration.between(this.readyAt, Instant.now()) : Duration.ZERO;
	}

	/** Completes once nothing of it is left. */
	CompletableFuture<Void> gone() {
		return this.gone;
	}

	private enum Phase {

		OPENING, HANDSHAKE, INITIALISING, SERVING, DRAINING, ENDED

	}

}
