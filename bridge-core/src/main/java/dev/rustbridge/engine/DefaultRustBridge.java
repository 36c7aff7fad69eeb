package dev.rustbridge.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException.Origin;
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

	private final BridgeContext context;

	private final Dispatcher dispatcher;

	private final SupervisorThread supervisor;

	private final EventHub events;

	private final Sinks.Many<BridgeState> states = Sinks.many().replay().latestOrDefault(BridgeState.STOPPED);

	private final List<Instance> instances;

	private final AtomicBoolean closed = new AtomicBoolean();

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
		this.dispatcher = new Dispatcher(context, this.instances, this::startForCall);
		context.deadlines().sweepBy(this.dispatcher::sweep);
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
		return new BridgeInfo(name(), state(), snapshots, this.dispatcher.inFlight(), this.dispatcher.waitingCount());
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
				return CompletableFuture.failedFuture(new BridgeUnavailableException(Origin.bridge(name()),
						"it is disabled ('enabled' is false)", null));
			}
			this.dispatcher.open();
			return all(Instance::start);
		});
	}

	@Override
	public Mono<Void> stop() {
		return stop("it was stopped");
	}

	private Mono<Void> stop(String why) {
		return onLoop(() -> {
			this.dispatcher.close(why);
			this.dispatcher.refuseWaiting(why, null);
			return all((instance) -> instance.stop(why));
		});
	}

	@Override
	public Mono<Void> restart() {
		return onLoop(() -> {
			this.dispatcher.open();
			return all(Instance::restart);
		});
	}

	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		Mono<Void> stopped = stop("it was closed").doFinally((signal) -> release());
		if (Schedulers.isInNonBlockingThread()) {
			stopped.subscribe(null, (failure) -> logger.warn("Bridge '{}': closing it failed", name(), failure));
			return;
		}
		stopped.block(closeLimit());
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
		this.events.complete();
		this.states.tryEmitComplete();
		this.supervisor.close();
		this.context.loop().close();
	}

	private CompletableFuture<Void> all(Function<Instance, CompletableFuture<Void>> step) {
		return CompletableFuture.allOf(this.instances.stream().map(step).toArray(CompletableFuture[]::new));
	}

	private Mono<Void> onLoop(Supplier<CompletableFuture<Void>> step) {
		return Mono.defer(() -> {
			if (this.context.loop().inLoop()) {
				return Mono.fromFuture(step.get(), true);
			}
			CompletableFuture<Void> outcome = CompletableFuture.supplyAsync(step, this.context.loop())
				.thenCompose(Function.identity());
			return Mono.fromFuture(outcome, true);
		}).onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex);
	}

	// What the instances tell

	@Override
	public void onEvent(BridgeEvent event) {
		this.events.publish(event);
	}

	@Override
	public void onStateChange(BridgeStateChange change) {
		this.context.tell((listener) -> listener.stateChanged(change));
		BridgeState now = state();
		if (now != this.lastState) {
			this.lastState = now;
			this.states.tryEmitNext(now);
		}
		if (now == BridgeState.FAILED) {
			this.dispatcher.refuseWaiting("the bridge has failed", change.cause());
		}
	}

	@Override
	public void onConnected(Connection connection) {
		this.dispatcher.release(connection);
	}

	@Override
	public void onAttemptFailed(BridgeStartException failure, boolean first) {
		if (options().whileUnavailable() == BridgeOptions.WhileUnavailable.FAIL && state() != BridgeState.READY) {
			this.dispatcher.refuseWaiting("the daemon did not start: " + failure.getMessage(), failure);
		}
	}

}
