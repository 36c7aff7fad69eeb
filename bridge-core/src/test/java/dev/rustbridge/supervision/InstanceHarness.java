package dev.rustbridge.supervision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.RustBridge;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.DeadlineWatch;
import dev.rustbridge.connection.Listeners;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.RequestIds;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.ManualLoop;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * An instance on virtual time, whose launches wait until the test lets them happen.
 */
final class InstanceHarness implements Transport, InstanceOwner {

	/** Shared, as it takes longer to make than a whole sequence of stimuli to play. */
	private static final JsonCodec CODEC = new JsonCodec(JsonMapper.shared(), 1 << 20);

	final ManualLoop loop = new ManualLoop();

	final List<FakeDaemon> daemons = new ArrayList<>();

	final List<BridgeStateChange> changes = new ArrayList<>();

	final List<CompletableFuture<Void>> requests = new ArrayList<>();

	final Instance instance;

	private final BridgeContext context;

	private final Deque<Runnable> launches = new ArrayDeque<>();

	private boolean refuses;

	InstanceHarness(BridgeOptions options) {
		this(options, List.of());
	}

	InstanceHarness(BridgeOptions options, List<Function<BridgeSession, Mono<Void>>> initializers) {
		this.context = new BridgeContext(options, this.loop, RequestIds.random(), CODEC,
				new Listeners("model", List.of()), Map.of(), Schedulers.immediate(), new DeadlineWatch(this.loop),
				"host", "1");
		this.instance = new Instance(this.context, 0, this, this.launches::add, initializers, this);
		this.context.deadlines().sweepBy(this.instance::sweep);
	}

	static BridgeOptions options(Function<RustBridge.Builder, RustBridge.Builder> how) {
		try (RustBridge bridge = how.apply(RustBridge.builder("model").binaryName("fake")).build()) {
			return bridge.options();
		}
	}

	BridgeContext context() {
		return this.context;
	}

	void start() {
		this.requests.add(onLoop(this.instance::start));
	}

	void stop() {
		this.requests.add(onLoop(() -> this.instance.stop("it was stopped")));
	}

	void restart() {
		this.requests.add(onLoop(this.instance::restart));
	}

	private CompletableFuture<Void> onLoop(Supplier<CompletableFuture<Void>> step) {
		CompletableFuture<Void> outcome = CompletableFuture.supplyAsync(step, this.loop)
			.thenCompose(Function.identity());
		this.loop.run();
		return outcome;
	}

	/** Lets the launch that waits longest happen. */
	void launch() {
		this.refuses = false;
		runLaunch();
	}

	/** Lets it fail as one that waiting can cure. */
	void refuseLaunch() {
		this.refuses = true;
		runLaunch();
	}

	private void runLaunch() {
		Runnable next = this.launches.poll();
		if (next != null) {
			next.run();
		}
		this.loop.run();
	}

	int waitingLaunches() {
		return this.launches.size();
	}

	/** The one that was launched last and has not said it yet says ready. */
	void sayReady() {
		FakeDaemon next = newest(false);
		if (next != null) {
			this.loop.execute(next::sayReady);
			this.loop.run();
		}
	}

	/** The newest that serves dies, else the newest at all. */
	void die() {
		FakeDaemon victim = newest(true);
		FakeDaemon dying = (victim != null) ? victim : newest(false);
		if (dying != null) {
			this.loop.execute(() -> dying.die(1));
			this.loop.run();
		}
	}

	void pass(long seconds) {
		this.loop.advance(seconds, TimeUnit.SECONDS);
	}

	@Nullable FakeDaemon newest(boolean ready) {
		for (int i = this.daemons.size() - 1; i >= 0; i--) {
			FakeDaemon candidate = this.daemons.get(i);
			if (candidate.isListening() && candidate.hasSaidReady() == ready) {
				return candidate;
			}
		}
		return null;
	}

	// The transport

	@Override
	public String kind() {
		return "fake";
	}

	@Override
	public Link open(IoLoop loop, int instance) {
		if (this.refuses) {
			throw new BridgeStartException(Origin.bridge("model"), Reason.SOCKET_NOT_FOUND, "not there yet", List.of(),
					List.of(), null);
		}
		FakeDaemon daemon = new FakeDaemon(loop, 1000 + this.daemons.size());
		this.daemons.add(daemon);
		return daemon;
	}

	// The owner

	@Override
	public void onEvent(BridgeEvent event, Connection connection) {
		// not of interest here
	}

	@Override
	public void onStateChange(BridgeStateChange change) {
		this.changes.add(change);
	}

	@Override
	public void onConnected(Connection connection) {
		// nobody waits
	}

	@Override
	public void onFirstAttemptFailed(BridgeStartException failure) {
		// nobody waits
	}

}
