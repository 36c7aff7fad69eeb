package dev.rustbridge.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeFrame;
import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.RoutedCommand;
import dev.rustbridge.supervision.Instance;
import dev.rustbridge.supervision.InstanceOwner;
import dev.rustbridge.supervision.InstanceSnapshot;
import dev.rustbridge.transport.LoopLog;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * The bridge: its instances, who routes calls to them, and who hears of their events.
 */
final class DefaultRustBridge implements RustBridge, InstanceOwner {

	private static final LoopLog logger = LoopLog.of(DefaultRustBridge.class);

	/** How long a thread may take to end that has nothing more to do. */
	private static final Duration THREAD_END = Duration.ofSeconds(1);

	private static final String CLOSED = "it has been closed";

	private final BridgeContext context;

	private final Dispatcher dispatcher;

	private final SupervisorThread supervisor;

	private final EventHub events;

	private final Sinks.Many<BridgeState> states = Sinks.many().replay().latestOrDefault(BridgeState.STOPPED);

	private final List<Instance> instances;

	private final EventSource eventSource;

	private final @Nullable IdleStop idleStop;

	private final LoopWatch loopWatch;

	/** The end for good, once somebody has asked for it. */
	private final AtomicReference<@Nullable CompletableFuture<Void>> closing = new AtomicReference<>();

	/** Confined to the loop. */
	private BridgeState lastState = BridgeState.STOPPED;

	DefaultRustBridge(BridgeContext context, Transport transport,
			List<Function<BridgeSession, Mono<Void>>> initializers) {
		this.context = context;
		this.events = new EventHub(context);
		this.supervisor = new SupervisorThread(context.bridge(), context.options().instances());
		this.instances = IntStream.range(0, context.options().instances())
			.mapToObj((index) -> new Instance(context, index, transport, this.supervisor, initializers, this))
			.toList();
		this.eventSource = new EventSource(this.instances, !context.options().launches());
		this.idleStop = idleStop(context.options().idleStop());
		this.loopWatch = new LoopWatch(context);
		this.dispatcher = new Dispatcher(context, this.instances, this.idleStop, this::startForCall);
		context.deadlines().sweepBy(this.dispatcher::sweep);
	}

	private @Nullable IdleStop idleStop(@Nullable Duration idle) {
		if (idle == null) {
			return null;
		}
		return new IdleStop(this.context.loop(), idle, this::isInUse, this::stopIdle);
	}

	private boolean isInUse() {
		return this.dispatcher.inFlight() > 0 || this.dispatcher.waitingCount() > 0;
	}

	/** The next call starts it again. */
	private void stopIdle() {
		logger.debug("Bridge '{}': nobody uses it", name());
		this.instances.forEach((instance) -> instance.stop("it was idle"));
	}

	/** Whoever made the call is told of a failure by the call itself. */
	private void startForCall() {
		start().subscribe(null, (failure) -> logger.debug("Bridge '{}': a start by a call failed", name(), failure));
	}

	@Override
	public String name() {
		return this.context.bridge();
	}

	@Override
	public CommandSpec command(String method) {
		return RoutedCommand.of(method, this.dispatcher);
	}

	@Override
	public Flux<BridgeEvent> events() {
		return this.events.events();
	}

	@Override
	public Flux<BridgeEvent> events(String pattern) {
		return this.events.events(pattern);
	}

	@Override
	public BridgeState state() {
		return this.dispatcher.state();
	}

	@Override
	public Flux<BridgeState> states() {
		return this.states.asFlux().distinctUntilChanged();
	}

	@Override
	public BridgeOptions options() {
		return this.context.options();
	}

	@Override
	public BridgeInfo info() {
		List<BridgeInfo.Instance> snapshots = new ArrayList<>();
		for (Instance instance : this.instances) {
			snapshots.add(InstanceSnapshot.of(instance, options()));
		}
		return new BridgeInfo(name(), state(), snapshots, this.dispatcher.inFlight(), this.dispatcher.waitingCount(),
				this.dispatcher.isClosed());
	}

	@Override
	public List<BridgeFrame> frames() {
		return this.context.recorder().snapshot(this.context.ids(), this.context.deadlines().now());
	}

	@Override
	public Disposable addListener(BridgeListener listener) {
		this.context.listeners().add(listener);
		return Disposables.composite(() -> this.context.listeners().remove(listener));
	}

	// Lifecycle

	@Override
	public Mono<Void> start() {
		return onLoop(() -> {
			if (!options().enabled()) {
				return refused("it is disabled ('enabled' is false)");
			}
			this.dispatcher.open();
			return all(Instance::start);
		}, () -> refused(CLOSED));
	}

	@Override
	public Mono<Void> stop() {
		return stop("it was stopped");
	}

	private Mono<Void> stop(String why) {
		return onLoop(() -> {
			this.dispatcher.close(why);
			this.dispatcher.reconsiderWaiting(null);
			return all((instance) -> instance.stop(why));
		}, () -> CompletableFuture.completedFuture(null));
	}

	/** One after the other: most of a pool serves all the time. */
	@Override
	public Mono<Void> restart() {
		return onLoop(() -> {
			if (!options().enabled()) {
				return refused("it is disabled ('enabled' is false)");
			}
			this.dispatcher.open();
			CompletableFuture<Void> restarted = CompletableFuture.completedFuture(null);
			for (Instance instance : this.instances) {
				restarted = restarted.thenComposeAsync((done) -> restart(instance), this.context.loop());
			}
			return restarted;
		}, () -> refused(CLOSED));
	}

	/** A stop that came meanwhile wins. */
	private CompletableFuture<Void> restart(Instance instance) {
		return this.dispatcher.isClosed() ? refused("it was stopped") : instance.restart();
	}

	@Override
	public void close() {
		CompletableFuture<Void> closed = beginClosing();
		if (Schedulers.isInNonBlockingThread()) {
			return;
		}
		Thread loopThread = this.context.loop().thread();
		try {
			closed.get(closeLimit().toNanos(), TimeUnit.NANOSECONDS);
			this.supervisor.awaitEnd(THREAD_END);
			if (loopThread != null) {
				loopThread.join(THREAD_END.toMillis());
			}
		}
		catch (InterruptedException ex) {
			// it goes on without us
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn("Bridge '{}': it could not be closed in full", name(), ex);
			release();
		}
	}

	/** Everybody who closes waits for the same end. */
	private CompletableFuture<Void> beginClosing() {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		CompletableFuture<Void> first = this.closing.compareAndExchange(null, mine);
		if (first != null) {
			return first;
		}
		stop("it was closed").subscribe(null, (failure) -> {
			release();
			mine.completeExceptionally(failure);
		}, () -> {
			release();
			mine.complete(null);
		});
		return mine;
	}

	/**
	 * What the stages of a stop may take together, and a little for each to be noticed.
	 */
	private Duration closeLimit() {
		BridgeOptions.Shutdown shutdown = options().shutdown();
		return shutdown.drainTimeout()
			.plus(shutdown.exitTimeout())
			.plus(shutdown.killTimeout().multipliedBy(2))
			.plus(options().readyTimeout())
			.plusSeconds(5);
	}

	private void release() {
		this.dispatcher.close(CLOSED);
		this.events.complete();
		this.states.tryEmitComplete();
		this.supervisor.close();
		this.context.loop().close();
		IoWatchdog.forget(this.loopWatch);
	}

	private CompletableFuture<Void> all(Function<Instance, CompletableFuture<Void>> step) {
		return CompletableFuture.allOf(this.instances.stream().map(step).toArray(CompletableFuture[]::new));
	}

	private CompletableFuture<Void> refused(String why) {
		return CompletableFuture.failedFuture(new BridgeUnavailableException(Origin.bridge(name()), why, null));
	}

	/**
	 * Always in a turn of its own: what asks for it may be in the middle of something
	 * that it would end.
	 */
	private Mono<Void> onLoop(Supplier<CompletableFuture<Void>> step, Supplier<CompletableFuture<Void>> afterTheEnd) {
		return Mono.defer(() -> {
			CompletableFuture<Void> outcome;
			try {
				outcome = CompletableFuture.supplyAsync(step, this.context.loop()).thenCompose(Function.identity());
			}
			catch (RejectedExecutionException ex) {
				outcome = afterTheEnd.get();
			}
			// as an error, a failure that nobody waits for any more would be logged as
			// dropped: here it is a value
			return Mono.fromFuture(outcome.handle((done, failure) -> Optional.ofNullable(failure)), true)
				.flatMap((failure) -> failure.<Mono<Void>>map(Mono::error).orElseGet(Mono::empty));
		}).onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex);
	}

	// What the instances tell

	@Override
	public void onEvent(BridgeEvent event, Connection connection) {
		if (this.eventSource.takes(event.instance())) {
			this.events.publish(event, connection);
		}
	}

	@Override
	public void onStateChange(BridgeStateChange change) {
		this.context.tell((listener) -> listener.stateChanged(change));
		BridgeState now = state();
		if (now != this.lastState) {
			if (this.lastState == BridgeState.STOPPED) {
				IoWatchdog.watch(this.loopWatch);
			}
			this.lastState = now;
			this.states.tryEmitNext(now);
			watchIdleness(now);
		}
		this.dispatcher.reconsiderWaiting(change.cause());
	}

	private void watchIdleness(BridgeState now) {
		if (this.idleStop == null) {
			return;
		}
		if (now == BridgeState.READY) {
			this.idleStop.start();
		}
		else {
			this.idleStop.stop();
		}
	}

	@Override
	public void onConnected(Connection connection) {
		this.dispatcher.release(connection);
	}

	@Override
	public void onFirstAttemptFailed(BridgeStartException failure) {
		if (options().startup() == BridgeOptions.Startup.LAZY && state() != BridgeState.READY) {
			this.dispatcher.refuseStarters(failure);
		}
	}

}
