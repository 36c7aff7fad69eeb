package dev.rustbridge.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.RustBridge;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.DeadlineWatch;
import dev.rustbridge.connection.Listeners;
import dev.rustbridge.connection.RoutedCommand;
import dev.rustbridge.connection.StressLoop;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.RequestIds;
import dev.rustbridge.supervision.Instance;
import dev.rustbridge.supervision.InstanceOwner;
import dev.rustbridge.transport.MemoryTransport;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bridge that is ready, on a loop whose thread is an actor, and what became of one call.
 */
class StressBridge implements InstanceOwner, BridgeListener {

	private static final BridgeOptions OPTIONS = options();

	private static final JsonCodec CODEC = new JsonCodec(JsonMapper.shared(), OPTIONS.maxMessageSize());

	final StressLoop loop = new StressLoop();

	final Instance instance;

	private final Dispatcher dispatcher;

	private final AtomicInteger answers = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicInteger ends = new AtomicInteger();

	private volatile StressDaemon daemon = new StressDaemon();

	StressBridge() {
		BridgeContext context = new BridgeContext(OPTIONS, this.loop, RequestIds.random(), CODEC,
				new Listeners("stress", List.of(this)), Map.of(), Schedulers.immediate(), new DeadlineWatch(this.loop),
				"stress", "1");
		this.instance = new Instance(context, 0, new MemoryTransport((index) -> {
			this.daemon = new StressDaemon();
			return this.daemon;
		}), Runnable::run, List.of(), this);
		this.dispatcher = new Dispatcher(context, List.of(this.instance), null, this.instance::start);
		this.loop.turnUntilQuiet(this.instance::start);
		if (this.instance.state() != BridgeState.READY) {
			throw new IllegalStateException("Not ready but " + this.instance.state());
		}
	}

	private static BridgeOptions options() {
		try (RustBridge bridge = RustBridge.builder("stress").transport(new MemoryTransport((instance) -> {
			throw new IllegalStateException("Nobody is reached");
		})).build()) {
			return bridge.options();
		}
	}

	final void call() {
		RoutedCommand.of("m", this.dispatcher)
			.retrieveMono(Integer.class)
			.subscribe((answer) -> this.answers.incrementAndGet(), this::onFailure);
	}

	private void onFailure(Throwable failure) {
		if (!(failure instanceof BridgeException)) {
			throw new IllegalStateException("Not one of ours", failure);
		}
		this.failures.incrementAndGet();
	}

	final void killDaemon() {
		this.daemon.die();
	}

	/** How the call ended: exactly once, and with nothing left behind. */
	final String outcome() {
		this.loop.turnUntilQuiet(() -> {
		});
		int signals = this.answers.get() + this.failures.get();
		if (signals != 1 || this.ends.get() != 1) {
			return signals + " signals, " + this.ends.get() + " ends";
		}
		if (this.dispatcher.inFlight() != 0 || this.dispatcher.waitingCount() != 0) {
			return "left: " + this.dispatcher.inFlight() + " in flight, " + this.dispatcher.waitingCount() + " waiting";
		}
		return (this.answers.get() == 1) ? "answered" : "failed";
	}

	@Override
	public void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
		this.ends.incrementAndGet();
	}

	@Override
	public void onEvent(BridgeEvent event, Connection connection) {
		// nobody listens
	}

	@Override
	public void onStateChange(BridgeStateChange change) {
		this.dispatcher.reconsiderWaiting(change.cause());
	}

	@Override
	public void onConnected(Connection connection) {
		this.dispatcher.release(connection);
	}

	@Override
	public void onFirstAttemptFailed(BridgeStartException failure) {
		this.dispatcher.refuseStarters(failure);
	}

}
