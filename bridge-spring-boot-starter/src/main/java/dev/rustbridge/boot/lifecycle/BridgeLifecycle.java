package dev.rustbridge.boot.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.event.BridgeAttachment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the bridges before the web server takes its first request, and stops them after
 * it has finished its last.
 */
public final class BridgeLifecycle implements SmartLifecycle {

	/** The web server starts in {@code DEFAULT_PHASE - 2048}. */
	static final int PHASE = DEFAULT_PHASE - 3072;

	private static final Logger logger = LoggerFactory.getLogger(BridgeLifecycle.class);

	private final RustBridgeRegistry registry;

	private final List<BridgeAttachment> attachments;

	private final Consumer<RustBridge> check;

	private final Duration phaseTimeout;

	/** What this lifecycle stopped, to be started again if the context resumes. */
	private @Nullable List<RustBridge> paused;

	private volatile boolean running;

	/**
	 * Makes a lifecycle.
	 * @param registry the bridges
	 * @param attachments opened at the start
	 * @param check refuses a bridge that is ready by an exception
	 * @param phaseTimeout how long Spring waits for the stop of one phase
	 */
	public BridgeLifecycle(RustBridgeRegistry registry, List<BridgeAttachment> attachments, Consumer<RustBridge> check,
			Duration phaseTimeout) {
		this.registry = registry;
		this.attachments = attachments;
		this.check = check;
		this.phaseTimeout = phaseTimeout;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public synchronized void start() {
		this.attachments.forEach(BridgeAttachment::open);
		List<RustBridge> bridges = (this.paused != null) ? this.paused : startedWithTheContext();
		this.paused = null;
		bridges.forEach(this::warnOfLongShutdown);
		bridges.stream().filter((bridge) -> !isRequired(bridge)).forEach(this::startInBackground);
		startRequired(bridges.stream().filter(BridgeLifecycle::isRequired).toList());
		this.running = true;
	}

	@Override
	public void stop() {
		CountDownLatch stopped = new CountDownLatch(1);
		stop(stopped::countDown);
		try {
			stopped.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public synchronized void stop(Runnable callback) {
		this.running = false;
		// what is stopped already is left alone: a lazy one still starts by its next
		// call,
		// and what an operator stopped stays stopped
		List<RustBridge> bridges = all().stream().filter(BridgeLifecycle::isUp).toList();
		this.paused = bridges;
		stopAll(bridges).doFinally((signal) -> callback.run()).subscribe();
	}

	private Mono<Void> start(RustBridge bridge) {
		return bridge.start().then(Mono.fromRunnable(() -> this.check.accept(bridge)));
	}

	private void startRequired(List<RustBridge> bridges) {
		Map<String, Throwable> failures = new ConcurrentHashMap<>();
		Flux.fromIterable(bridges).flatMap((bridge) -> start(bridge).onErrorResume((ex) -> {
			failures.put(bridge.name(), ex);
			return Mono.empty();
		}), Math.max(1, bridges.size())).blockLast();
		if (!failures.isEmpty()) {
			stopAll(all()).block();
			Map<String, Throwable> inOrder = new LinkedHashMap<>();
			bridges.stream()
				.map(RustBridge::name)
				.filter(failures::containsKey)
				.forEach((name) -> inOrder.put(name, Objects.requireNonNull(failures.get(name))));
			throw new BridgesFailedToStartException(inOrder);
		}
	}

	private void startInBackground(RustBridge bridge) {
		bridge.start()
			.subscribe(null, (ex) -> logger.warn("Bridge '{}' is not up: {}", bridge.name(), ex.getMessage()),
					() -> checkInBackground(bridge));
	}

	private void checkInBackground(RustBridge bridge) {
		try {
			this.check.accept(bridge);
		}
		catch (RuntimeException ex) {
			logger.error("Bridge '{}' is up, but not what its clients need: {}", bridge.name(), ex.getMessage());
		}
	}

	private static Mono<Void> stopAll(List<RustBridge> bridges) {
		return Flux.fromIterable(bridges).flatMap((bridge) -> bridge.stop().onErrorResume((ex) -> {
			logger.warn("Bridge '{}' did not stop as it should", bridge.name(), ex);
			return Mono.empty();
		}), Math.max(1, bridges.size())).then();
	}

	private List<RustBridge> startedWithTheContext() {
		return all().stream()
			.filter((bridge) -> bridge.options().enabled() && bridge.options().startup() != Startup.LAZY)
			.toList();
	}

	private List<RustBridge> all() {
		List<RustBridge> bridges = new ArrayList<>();
		for (RustBridge bridge : this.registry) {
			if (!isMock(bridge)) {
				bridges.add(bridge);
			}
		}
		return bridges;
	}

	/** A test's mock of a bridge answers null to all, and has nothing to start. */
	private static boolean isMock(RustBridge bridge) {
		return Objects.isNull(bridge.options());
	}

	private static boolean isRequired(RustBridge bridge) {
		return bridge.options().startup() == Startup.REQUIRED;
	}

	private static boolean isUp(RustBridge bridge) {
		return bridge.state() != BridgeState.STOPPED && bridge.state() != BridgeState.DRAINING;
	}

	private void warnOfLongShutdown(RustBridge bridge) {
		BridgeOptions.Shutdown shutdown = bridge.options().shutdown();
		Duration total = shutdown.drainTimeout().plus(shutdown.exitTimeout()).plus(shutdown.killTimeout());
		if (total.compareTo(this.phaseTimeout) > 0) {
			logger.warn(
					"Bridge '{}' may take up to {} s to stop (shutdown.*), but Spring waits {} s only"
							+ " (spring.lifecycle.timeout-per-shutdown-phase)",
					bridge.name(), total.toSeconds(), this.phaseTimeout.toSeconds());
		}
	}

}
