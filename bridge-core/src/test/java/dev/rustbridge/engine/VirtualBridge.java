package dev.rustbridge.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.CallHandler;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.DeadlineWatch;
import dev.rustbridge.connection.Listeners;
import dev.rustbridge.connection.RoutedCommand;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.RequestIds;
import dev.rustbridge.supervision.Instance;
import dev.rustbridge.supervision.InstanceOwner;
import dev.rustbridge.transport.ManualLoop;
import dev.rustbridge.transport.Transport;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * The engine, from the routing of calls to the link, on a loop that turns when a test
 * says so and on its clock: what happens depends on nothing but the test.
 */
public final class VirtualBridge implements InstanceOwner {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** Shared, as it takes longer to make than most conversations. */
	private static final JsonCodec SMALL = new JsonCodec(MAPPER, 1024);

	private static final JsonCodec LARGE = new JsonCodec(MAPPER, 1 << 20);

	private final ManualLoop loop = new ManualLoop();

	private final Consumer<BridgeEvent> onEvent;

	private final Instance instance;

	private final Dispatcher dispatcher;

	/**
	 * Makes a bridge that was not started.
	 * @param options its options
	 * @param transport reaches its daemon
	 * @param handlers answer the daemon's calls, on the test's thread
	 * @param listener is told what happens
	 * @param onEvent is told of events
	 */
	public VirtualBridge(BridgeOptions options, Transport transport, Map<String, CallHandler> handlers,
			BridgeListener listener, Consumer<BridgeEvent> onEvent) {
		this.onEvent = onEvent;
		JsonCodec codec = (options.maxMessageSize() == 1024) ? SMALL : LARGE;
		BridgeContext context = new BridgeContext(options, this.loop, RequestIds.random(), codec,
				new Listeners(options.name(), List.of(listener)), handlers, Schedulers.immediate(),
				new DeadlineWatch(this.loop), "virtual", "1");
		this.instance = new Instance(context, 0, transport, this.loop, List.of(), this);
		this.dispatcher = new Dispatcher(context, List.of(this.instance), null, () -> {
		});
		context.deadlines().sweepBy(this.dispatcher::sweep);
	}

	/**
	 * Checks options as any bridge does.
	 * @param builder has them
	 * @return the options
	 */
	public static BridgeOptions options(RustBridge.Builder builder) {
		try (RustBridge bridge = builder.build()) {
			return bridge.options();
		}
	}

	/** Begins to start. */
	public void start() {
		this.loop.execute(this.instance::start);
		run();
	}

	/** Begins to stop. */
	public void stop() {
		this.loop.execute(() -> {
			this.dispatcher.close("it was stopped");
			this.dispatcher.reconsiderWaiting(null);
			this.instance.stop("it was stopped");
		});
		run();
	}

	/** Runs all that is to be run now. */
	public void run() {
		this.loop.run();
	}

	/** Runs something on the loop, and all that follows. */
	public void run(Runnable task) {
		this.loop.execute(task);
		this.loop.run();
	}

	/** Lets time pass. */
	public void pass(long nanos) {
		this.loop.advance(nanos, TimeUnit.NANOSECONDS);
		this.loop.run();
	}

	public long now() {
		return this.loop.nanoTime();
	}

	public CommandSpec command(String method) {
		return RoutedCommand.of(method, this.dispatcher);
	}

	public BridgeState state() {
		return this.instance.state();
	}

	/** Calls that are pending on a connection, or wait for one. */
	public int unended() {
		return this.dispatcher.inFlight() + this.dispatcher.waitingCount();
	}

	/** Commands that a daemon has not answered, wanted or not. */
	public boolean isBusy() {
		Connection active = this.instance.active();
		return active != null && active.isBusy();
	}

	@Override
	public void onEvent(BridgeEvent event, Connection connection) {
		this.onEvent.accept(event);
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
		// its daemons come back
	}

}
