package dev.rustbridge.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.connection.LostConnection;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.LoopLog;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import reactor.core.publisher.Mono;

/**
 * One daemon of a bridge over all its generations: starts it, starts it again when it
 * dies, replaces it, stops it. Confined to the loop, but for what is marked otherwise.
 */
public final class Instance implements GenerationOwner {

	private static final LoopLog logger = LoopLog.of(Instance.class);

	private final BridgeContext context;

	private final int index;

	private final Transport transport;

	private final Executor supervisor;

	private final List<Function<BridgeSession, Mono<Void>>> initializers;

	private final InstanceOwner owner;

	private final Backoff backoff;

	private final InstanceState state = new InstanceState();

	private final List<CompletableFuture<Void>> starters = new ArrayList<>();

	private final List<Generation> retiring = new ArrayList<>();

	/** Takes commands; any thread reads it. */
	private volatile @Nullable Connection active;

	/** Its last generation, for whoever asks; any thread. */
	private volatile @Nullable Generation current;

	private volatile InstanceHistory history = InstanceHistory.initial();

	/** Being brought up beside the current one, by a planned restart. */
	private @Nullable Replacement replacement;

	private IoLoop.@Nullable Timer retry;

	private IoLoop.@Nullable Timer startLimit;

	private long generations;

	/** Whether it has served since it was last asked to start. */
	private volatile boolean hasServed;

	private CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

	public Instance(BridgeContext context, int index, Transport transport, Executor supervisor,
			List<Function<BridgeSession, Mono<Void>>> initializers, InstanceOwner owner) {
		this.context = context;
		this.index = index;
		this.transport = transport;
		this.supervisor = supervisor;
		this.initializers = List.copyOf(initializers);
		this.owner = owner;
		this.backoff = new Backoff(context.options().reconnect(), () -> ThreadLocalRandom.current().nextDouble());
	}

	// Start

	/**
	 * Starts it, unless it is on its way or there already.
	 * @return completes once it takes commands, or fails with why the attempt failed
	 */
	public CompletableFuture<Void> start() {
		if (this.state.current() == BridgeState.READY) {
			return CompletableFuture.completedFuture(null);
		}
		if (this.state.current() == BridgeState.DRAINING) {
			return this.stopped.thenComposeAsync((done) -> start(), this.context.loop());
		}
		CompletableFuture<Void> started = new CompletableFuture<>();
		this.starters.add(started);
		switch (this.state.current()) {
			case STOPPED, FAILED -> {
				this.hasServed = false;
				this.backoff.reset();
				limitStart();
				launch();
			}
			case BACKING_OFF -> {
				cancelRetry();
				launch();
			}
			default -> {
				// on its way
			}
		}
		return started;
	}

	/**
	 * A required daemon is waited for, when waiting can help, as long as for its ready
	 * event.
	 */
	private void limitStart() {
		this.startLimit = this.context.loop().schedule(() -> {
			this.startLimit = null;
			if (this.state.current() == BridgeState.BACKING_OFF && !this.hasServed && isRequired()) {
				BridgeStartException failure = this.history.startFailure();
				cancelRetry();
				step(BridgeState.FAILED, failure, null);
				failStarters(failure);
			}
		}, this.context.options().readyTimeout().toNanos());
	}

	private void launch() {
		step(BridgeState.STARTING, null, null);
		Generation previous = this.current;
		Generation next = newGeneration();
		this.current = next;
		if (previous == null || previous.gone().isDone()) {
			next.open(this.transport);
		}
		else {
			// what it owned, a port or a lock, must be free
			previous.gone().thenRunAsync(() -> next.open(this.transport), this.context.loop());
		}
	}

	private Generation newGeneration() {
		this.generations++;
		return new Generation(this.context, this.index, this.generations, this.supervisor, this.initializers, this);
	}

	// What its generations tell

	@Override
	public void onEvent(BridgeEvent event) {
		this.owner.onEvent(event);
	}

	@Override
	public void onServing(Generation generation) {
		if (this.replacement != null && this.replacement.successor() == generation) {
			takeOver(this.replacement);
			return;
		}
		this.hasServed = true;
		if (this.startLimit != null) {
			this.startLimit.cancel();
			this.startLimit = null;
		}
		publish(generation);
		step(BridgeState.READY, null, null);
		List<CompletableFuture<Void>> waiting = List.copyOf(this.starters);
		this.starters.clear();
		waiting.forEach((starter) -> starter.complete(null));
	}

	private void publish(Generation generation) {
		this.history = this.history.oneMoreServed();
		logger.info("Bridge '{}': {} ready in {}", this.context.bridge(), describe(generation),
				Durations.text(Duration.between(generation.startedAt(), Instant.now())));
		this.owner.onConnected(generation.connection());
		this.active = generation.connection();
	}

	@Override
	public void onStartFailed(Generation generation, BridgeStartException failure) {
		if (this.replacement != null && this.replacement.successor() == generation) {
			onReplacementFailed(this.replacement, failure);
			return;
		}
		onAttemptFailed(failure, failure.reason() == Reason.EXITED_BEFORE_READY);
	}

	private void onAttemptFailed(BridgeStartException failure, boolean crash) {
		boolean first = !this.hasServed;
		this.history = this.history.failed(failure);
		boolean hopeless = first && isRequired() && failure.reason() != Reason.SOCKET_NOT_FOUND;
		Duration delay = this.backoff.failed(Duration.ZERO, crash);
		if (hopeless || delay == null) {
			giveUp(failure, hopeless ? "it is required" : null);
		}
		else {
			retryIn(delay, failure);
		}
		if (!first || !isRequired() || hopeless || delay == null) {
			failStarters(failure);
		}
		this.owner.onAttemptFailed(failure, first);
	}

	@Override
	public void onLost(Generation generation, LostConnection lost) {
		if (this.current != generation) {
			return;
		}
		this.active = null;
		if (JvmShutdown.hasBegun()) {
			stopWithTheJvm();
			return;
		}
		BridgeUnavailableException cause = new BridgeUnavailableException(Origin.bridge(this.context.bridge()),
				lost.story(), lost.cause());
		boolean crash = generation.daemon() != null;
		this.history = this.history.lost(lost);
		if (this.replacement != null) {
			// the one that comes up beside it is the next one anyway
			this.current = this.replacement.successor();
			this.replacement.fail(cause);
			this.replacement = null;
			step(BridgeState.STARTING, cause, null);
			return;
		}
		Duration delay = this.backoff.failed(generation.served(), crash);
		if (delay == null) {
			giveUp(cause, null);
		}
		else {
			retryIn(delay, cause);
		}
	}

	private void retryIn(Duration delay, Throwable cause) {
		boolean crashLoop = this.backoff.isCrashLoop();
		this.history = this.history.crashLoop(crashLoop);
		logger.log(crashLoop ? Level.ERROR : Level.WARN, "{}; {}trying again in {} (attempt {})", cause.getMessage(),
				crashLoop ? "this is a crash loop, " : "", Durations.text(delay), this.backoff.attempts());
		step(BridgeState.BACKING_OFF, cause, delay);
		this.retry = this.context.loop().schedule(() -> {
			this.retry = null;
			if (JvmShutdown.hasBegun()) {
				stopWithTheJvm();
			}
			else {
				launch();
			}
		}, delay.toNanos());
	}

	/** Ctrl-C reaches the daemon as well: that it ends now is no crash. */
	private void stopWithTheJvm() {
		stop("the application is ending");
	}

	private void giveUp(Throwable cause, @Nullable String why) {
		String reason = why;
		if (reason == null) {
			reason = this.context.options().reconnect().enabled() ? "'reconnect.max-attempts' are used up"
					: "'reconnect.enabled' is false";
		}
		logger.error("{}; not trying again: {}", cause.getMessage(), reason);
		step(BridgeState.FAILED, cause, null);
	}

	private void failStarters(Throwable failure) {
		List<CompletableFuture<Void>> waiting = List.copyOf(this.starters);
		this.starters.clear();
		waiting.forEach((starter) -> starter.completeExceptionally(failure));
	}

	// Planned restart

	/**
	 * Replaces the daemon without losing a call.
	 * @return completes once the new generation has taken over
	 */
	public CompletableFuture<Void> restart() {
		Generation old = this.current;
		if (this.state.current() != BridgeState.READY || old == null) {
			return start();
		}
		if (this.replacement != null) {
			return this.replacement.done();
		}
		Replacement started = new Replacement(old, newGeneration());
		this.replacement = started;
		if (this.context.options().effectiveRestartMode() == BridgeOptions.RestartMode.OVERLAP) {
			started.successor().open(this.transport);
		}
		else {
			this.active = null;
			old.stop("it is being restarted")
				.thenRunAsync(() -> started.successor().open(this.transport), this.context.loop());
		}
		return started.done();
	}

	private void takeOver(Replacement finished) {
		this.replacement = null;
		this.current = finished.successor();
		publish(finished.successor());
		// no call went to neither: the new one is published, and only then the old door
		// closes
		retire(finished.old());
		finished.succeed();
	}

	/** Its calls still have their deadlines until they have ended. */
	private void retire(Generation old) {
		this.retiring.add(old);
		old.stop("it was replaced by a new generation")
			.thenRunAsync(() -> this.retiring.remove(old), this.context.loop());
	}

	private void onReplacementFailed(Replacement failed, BridgeStartException failure) {
		this.replacement = null;
		failed.fail(failure);
		if (this.active == null) {
			// one after the other: there is no old one to go back to
			this.current = failed.successor();
			onAttemptFailed(failure, true);
		}
		else {
			logger.warn("{}; the old generation stays", failure.getMessage());
		}
	}

	// Stop

	/**
	 * Stops it, from whatever state it is in.
	 * @param why told to calls that do not end in time
	 * @return completes once nothing of it is left
	 */
	public CompletableFuture<Void> stop(String why) {
		switch (this.state.current()) {
			case STOPPED -> {
				return CompletableFuture.completedFuture(null);
			}
			case DRAINING -> {
				return this.stopped;
			}
			default -> {
				// there is something to stop
			}
		}
		cancelRetry();
		this.active = null;
		failStarters(new BridgeUnavailableException(Origin.bridge(this.context.bridge()), why, null));
		step(BridgeState.DRAINING, null, null);
		List<CompletableFuture<Void>> ends = new ArrayList<>();
		if (this.replacement != null) {
			ends.add(this.replacement.successor().stop(why));
			this.replacement.fail(new BridgeUnavailableException(Origin.bridge(this.context.bridge()), why, null));
			this.replacement = null;
		}
		if (this.current != null) {
			ends.add(this.current.stop(why));
		}
		this.retiring.forEach((old) -> ends.add(old.gone()));
		this.stopped = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenRunAsync(() -> {
			logger.info("Bridge '{}': stopped ({})", this.context.bridge(), why);
			step(BridgeState.STOPPED, null, null);
		}, this.context.loop());
		return this.stopped;
	}

	private void cancelRetry() {
		if (this.retry != null) {
			this.retry.cancel();
			this.retry = null;
		}
		if (this.startLimit != null) {
			this.startLimit.cancel();
			this.startLimit = null;
		}
	}

	private void step(BridgeState next, @Nullable Throwable cause, @Nullable Duration retryIn) {
		BridgeState before = this.state.transition(next);
		Instant now = Instant.now();
		this.history = this.history.since(now);
		this.owner.onStateChange(new BridgeStateChange(this.context.bridge(), this.index, this.generations, before,
				next, cause, retryIn, now));
	}

	private boolean isRequired() {
		return this.context.options().startup() == BridgeOptions.Startup.REQUIRED;
	}

	private String describe(Generation generation) {
		String daemon = (generation.daemon() != null) ? " (pid " + generation.daemon().pid() + ")" : "";
		String place = (this.context.options().instances() > 1) ? "instance " + this.index + ", " : "";
		return place + "generation " + generation.number() + daemon;
	}

	// What anybody may ask, on any thread

	/**
	 * The connection that takes commands now.
	 * @return the connection, {@code null} when there is none
	 */
	public @Nullable Connection active() {
		return this.active;
	}

	public BridgeState state() {
		return this.state.current();
	}

	public int index() {
		return this.index;
	}

	/**
	 * Whether a call that finds no connection had better wait for one, whatever
	 * {@code while-unavailable} says: it was not started yet, is on its first attempt, or
	 * is being replaced. Any thread.
	 * @return whether a connection is to be expected
	 */
	public boolean isExpected() {
		return switch (this.state.current()) {
			case STOPPED -> true;
			case STARTING -> !this.hasServed;
			// the door is closed, or not open yet, in a planned restart
			case READY -> true;
			case BACKING_OFF, DRAINING, FAILED -> false;
		};
	}

	@Nullable Generation current() {
		return this.current;
	}

	InstanceHistory history() {
		return this.history;
	}

	String transportKind() {
		return this.transport.kind();
	}

	/**
	 * Why it does not take commands, for people.
	 * @return the last failure, {@code null} if there was none
	 */
	public @Nullable String lastError() {
		return this.history.lastError();
	}

	/**
	 * Expires what is due. On the loop.
	 * @param now the present moment
	 * @return the next moment at which something may be due
	 */
	public long sweep(long now) {
		long next = Long.MAX_VALUE;
		if (this.replacement != null) {
			next = Math.min(sweep(this.replacement.old(), now), sweep(this.replacement.successor(), now));
		}
		for (Generation old : List.copyOf(this.retiring)) {
			next = Math.min(next, sweep(old, now));
		}
		return Math.min(next, sweep(this.current, now));
	}

	private static long sweep(@Nullable Generation generation, long now) {
		Connection connection = (generation != null) ? generation.connectionIfOpen() : null;
		return (connection != null) ? connection.sweep(now) : Long.MAX_VALUE;
	}

}
