package dev.rustbridge.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
import dev.rustbridge.connection.LostConnection;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One daemon of a bridge over all its generations: starts it, starts it again when it
 * dies, replaces it, stops it. Confined to the loop, but for what is marked otherwise.
 */
public final class Instance implements GenerationOwner {

	private static final String JVM_ENDS = "the JVM shuts down";

	private final InstanceLog log;

	private final BridgeContext context;

	private final int index;

	private final Transport transport;

	private final InstanceOwner owner;

	private final Recovery recovery;

	private final EndpointWatch endpoint;

	private final InstanceState state = new InstanceState();

	private final StartRequests starters = new StartRequests();

	private final Generations generations;

	private final StartPhase start;

	/** Takes commands; any thread reads it. */
	private volatile @Nullable Connection active;

	/** Its last generation, for whoever asks; any thread. */
	private volatile @Nullable Generation current;

	/** Being brought up beside the current one, by a planned restart. */
	private @Nullable Replacement replacement;

	private IoLoop.@Nullable Timer retry;

	private IoLoop.@Nullable Timer settling;

	private CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

	public Instance(BridgeContext context, int index, Transport transport, Executor supervisor,
			List<Function<BridgeSession, Mono<Void>>> initializers, InstanceOwner owner) {
		this.log = new InstanceLog(context, index);
		this.context = context;
		this.index = index;
		this.transport = transport;
		this.generations = new Generations(
				(number) -> new Generation(context, index, number, supervisor, List.copyOf(initializers), this));
		this.start = new StartPhase(context);
		this.owner = owner;
		this.recovery = new Recovery(context.bridge(), context.options().reconnect());
		this.endpoint = new EndpointWatch(context.loop(), transport, this::onEndpointChanged);
	}

	// Start

	/**
	 * Starts it, unless it is on its way or there already. One that is being stopped is
	 * started after that.
	 * @return completes once it takes commands, or fails with why the attempt failed
	 */
	public CompletableFuture<Void> start() {
		if (JvmShutdown.hasBegun()) {
			return CompletableFuture
				.failedFuture(new BridgeUnavailableException(Origin.bridge(this.context.bridge()), JVM_ENDS, null));
		}
		return switch (this.state.current()) {
			case READY -> CompletableFuture.completedFuture(null);
			case STARTING, DRAINING -> this.starters.add();
			case STOPPED, FAILED -> {
				CompletableFuture<Void> started = this.starters.add();
				begin();
				yield started;
			}
			case BACKING_OFF -> {
				CompletableFuture<Void> started = this.starters.add();
				this.start.beginAgain();
				cancelTimers();
				launch();
				yield started;
			}
		};
	}

	private void begin() {
		this.start.begin();
		this.recovery.settle();
		launch();
	}

	private void launch() {
		Generation previous = this.current;
		Generation next = this.generations.next();
		this.current = next;
		step(BridgeState.STARTING, null, null);
		if (previous == null) {
			open(next);
		}
		else {
			// what it owned, a port or a lock, must be free
			previous.gone().thenRunAsync(() -> open(next), this.context.loop());
		}
	}

	private void open(Generation next) {
		if (this.generations.isAlive(next)) {
			this.endpoint.restart();
			next.open(this.transport);
		}
		// else it was stopped before its turn came
	}

	// What its generations tell

	@Override
	public void onEvent(Generation generation, BridgeEvent event) {
		this.owner.onEvent(event, generation.connection());
	}

	@Override
	public void onOpened(Generation generation) {
		this.recovery
			.logOpened(this.log.describe(generation) + ((generation.daemon() != null) ? " started" : " connected"));
	}

	@Override
	public void onServing(Generation generation) {
		if (this.replacement != null && this.replacement.successor() == generation) {
			takeOver(this.replacement);
			return;
		}
		publish(generation);
		step(BridgeState.READY, null, null);
		// not before: isExpected() reads the two the other way round
		this.start.served();
		this.starters.succeed();
	}

	private void publish(Generation generation) {
		this.recovery.served();
		this.log.ready(generation);
		this.context
			.tell((listener) -> listener.ready(this.index, generation.number(), generation.times().startTime()));
		this.owner.onConnected(generation.connection());
		this.active = generation.connection();
		cancelTimers();
		this.settling = this.context.loop()
			.schedule(this.recovery::settle, this.context.options().reconnect().resetAfter().toNanos());
	}

	@Override
	public void onStartFailed(Generation generation, BridgeStartException failure) {
		if (this.replacement != null && this.replacement.successor() == generation) {
			onReplacementFailed(this.replacement, failure);
			return;
		}
		onAttemptFailed(generation, failure);
	}

	private void onAttemptFailed(Generation generation, BridgeStartException failure) {
		boolean first = this.start.failed();
		boolean crash = generation.daemon() != null && failure.reason() == Reason.EXITED_BEFORE_READY;
		this.recovery.remember(generation, Messages.bare(failure), failure.stderrTail());
		boolean awaited = this.start.isAwaited();
		Duration delay = this.recovery.nextDelay(crash);
		if (awaited && delay != null) {
			delay = this.start.delayWhileAwaited(generation, failure, delay);
		}
		if (delay == null) {
			BridgeStartException told = this.recovery.withAttempts(failure);
			giveUp(told, awaited);
			this.starters.fail(told);
		}
		else {
			retryIn(delay, failure);
			if (!awaited) {
				this.starters.fail(failure);
			}
		}
		if (first) {
			this.owner.onFirstAttemptFailed(failure);
		}
	}

	@Override
	public void onLost(Generation generation, LostConnection lost) {
		if (this.current != generation) {
			return;
		}
		this.active = null;
		BridgeUnavailableException cause = new BridgeUnavailableException(Origin.bridge(this.context.bridge()),
				lost.story(), lost.cause());
		this.recovery.remember(generation, lost.story(), lost.stderrTail());
		this.log.lost(generation, lost);
		Replacement under = this.replacement;
		if (under != null) {
			// the one that comes up beside it is the next one anyway
			this.replacement = null;
			this.current = under.successor();
			this.starters.add(under.done());
			this.start.beginAgain();
			step(BridgeState.STARTING, cause, null);
			return;
		}
		Duration delay = this.recovery.nextDelay(generation.daemon() != null);
		if (delay == null) {
			giveUp(cause, false);
		}
		else {
			retryIn(delay, cause);
		}
	}

	private void retryIn(Duration delay, Throwable cause) {
		cancelTimers();
		step(BridgeState.BACKING_OFF, cause, delay);
		if (JvmShutdown.hasBegun()) {
			// it got the same signal, and has not crashed
			stop(JVM_ENDS);
			return;
		}
		this.recovery.logRetry(cause, delay);
		this.retry = this.context.loop().schedule(this::retry, delay.toNanos());
	}

	private void retry() {
		this.retry = null;
		if (JvmShutdown.hasBegun()) {
			stop(JVM_ENDS);
			return;
		}
		launch();
	}

	private void giveUp(Throwable cause, boolean required) {
		cancelTimers();
		this.endpoint.stop();
		this.recovery.logEnd(cause, required);
		step(BridgeState.FAILED, cause, null);
	}

	private void onEndpointChanged() {
		switch (this.state.current()) {
			case BACKING_OFF -> {
				// something new is there: what was before does not count
				this.recovery.hurry();
				cancelTimers();
				launch();
			}
			case READY -> {
				this.log.endpointReplaced();
				restart();
			}
			case STOPPED, STARTING, DRAINING, FAILED -> {
				// the attempt that is under way finds it, or nobody wants it
			}
		}
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
		Replacement started = new Replacement(old, this.generations.next());
		this.replacement = started;
		BridgeOptions.RestartMode mode = this.context.options().effectiveRestartMode();
		this.log.restarting(started, mode);
		if (mode == BridgeOptions.RestartMode.OVERLAP) {
			open(started.successor());
		}
		else {
			this.active = null;
			old.stop("it is being restarted").thenRunAsync(() -> open(started.successor()), this.context.loop());
		}
		return started.done();
	}

	private void takeOver(Replacement finished) {
		this.replacement = null;
		this.current = finished.successor();
		// no call goes to neither: the new one is published, and only then the old door
		// closes
		publish(finished.successor());
		finished.old().stop("it was replaced by a new generation");
		finished.succeed();
	}

	private void onReplacementFailed(Replacement failed, BridgeStartException failure) {
		this.replacement = null;
		if (this.active == null) {
			// one after the other: there is no old one to go back to
			this.current = failed.successor();
			onAttemptFailed(failed.successor(), failure);
		}
		else {
			this.log.replacementFailed(failure);
		}
		failed.fail(failure);
	}

	// Stop

	/**
	 * Stops it, from whatever state it is in.
	 * @param why told to calls that do not end in time
	 * @return completes once nothing of it is left
	 */
	public CompletableFuture<Void> stop(String why) {
		this.starters.fail(new BridgeUnavailableException(Origin.bridge(this.context.bridge()), why, null));
		return switch (this.state.current()) {
			case STOPPED -> CompletableFuture.completedFuture(null);
			case DRAINING -> this.stopped;
			case STARTING, READY, BACKING_OFF, FAILED -> clearAway(why);
		};
	}

	private CompletableFuture<Void> clearAway(String why) {
		cancelTimers();
		this.endpoint.stop();
		this.active = null;
		step(BridgeState.DRAINING, null, null);
		if (this.replacement != null) {
			this.replacement.fail(new BridgeUnavailableException(Origin.bridge(this.context.bridge()), why, null));
			this.replacement = null;
		}
		this.stopped = this.generations.stopAll(why).thenRunAsync(() -> onStopped(why), this.context.loop());
		return this.stopped;
	}

	private void onStopped(String why) {
		this.log.stopped(why);
		step(BridgeState.STOPPED, null, null);
		if (!this.starters.isEmpty()) {
			begin();
		}
	}

	private void cancelTimers() {
		if (this.retry != null) {
			this.retry.cancel();
			this.retry = null;
		}
		if (this.settling != null) {
			this.settling.cancel();
			this.settling = null;
		}
	}

	private void step(BridgeState next, @Nullable Throwable cause, @Nullable Duration retryIn) {
		BridgeState before = this.state.transition(next);
		Instant now = Instant.now();
		this.recovery.steppedAt(now);
		Generation about = this.current;
		this.owner.onStateChange(new BridgeStateChange(this.context.bridge(), this.index,
				(about != null) ? about.number() : this.generations.count(), before, next, cause, retryIn, now));
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
	 * {@code while-unavailable} says: it is on its first attempt, or is being replaced.
	 * @return whether a connection is to be expected
	 */
	public boolean isExpected() {
		boolean first = this.start.isFirstAttempt();
		return switch (this.state.current()) {
			case STARTING -> first;
			// the door is closed, or not open yet, in a planned restart
			case READY -> true;
			case STOPPED, BACKING_OFF, DRAINING, FAILED -> false;
		};
	}

	/**
	 * Calls that are pending, on generations that are being drained too.
	 * @return how many
	 */
	public int inFlight() {
		return this.generations.inFlight();
	}

	@Nullable Generation current() {
		return this.current;
	}

	InstanceHistory history() {
		return this.recovery.history();
	}

	String transportKind() {
		return this.transport.kind();
	}

	/**
	 * Why it does not take commands, for people: the last failure, or the story of a
	 * crash loop.
	 * @return the story, {@code null} if nothing has failed
	 */
	public @Nullable String story() {
		return history().story();
	}

	/**
	 * Expires what is due. On the loop.
	 * @param now the present moment
	 * @return the next moment at which something may be due
	 */
	public long sweep(long now) {
		return this.generations.sweep(now);
	}

}
