package dev.rustbridge.supervision;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.LoopLog;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells a daemon what it must know before it is of use, one initializer after the other.
 */
final class Initialization {

	private static final LoopLog logger = LoopLog.of(Initialization.class);

	private final BridgeContext context;

	private final List<Function<BridgeSession, Mono<Void>>> initializers;

	private final Disposable.Swap running = Disposables.swap();

	Initialization(BridgeContext context, List<Function<BridgeSession, Mono<Void>>> initializers) {
		this.context = context;
		this.initializers = initializers;
	}

	/**
	 * Begins.
	 * @param session reaches the one daemon that is initialised
	 * @param onDone told on the loop
	 * @param onFailed told on the loop
	 */
	void start(BridgeSession session, Runnable onDone, Consumer<Throwable> onFailed) {
		this.running.replace(Flux.fromIterable(this.initializers)
			.concatMap((initializer) -> initializer.apply(session))
			.then()
			.subscribe(null, (failure) -> onLoop(() -> onFailed.accept(failure)), () -> onLoop(onDone)));
	}

	void cancel() {
		this.running.dispose();
	}

	private void onLoop(Runnable task) {
		IoLoop loop = this.context.loop();
		if (loop.inLoop()) {
			task.run();
			return;
		}
		try {
			loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Bridge '{}': an initializer outlived the bridge", this.context.bridge(), ex);
		}
	}

}
