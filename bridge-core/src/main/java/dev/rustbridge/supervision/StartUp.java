package dev.rustbridge.supervision;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.rustbridge.BridgeSession;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.jfr.JfrEvents;
import dev.rustbridge.jfr.RecordedStart;
import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The way of a generation from its launch to its service: its time limit, its
 * initializers, and what is recorded of it. Confined to the loop.
 */
final class StartUp {

	private final BridgeContext context;

	private final int instance;

	private final long generation;

	private final Initialization initialization;

	private boolean over;

	private IoLoop.@Nullable Timer limit;

	private @Nullable RecordedStart recorded;

	StartUp(BridgeContext context, int instance, long generation,
			List<Function<BridgeSession, Mono<Void>>> initializers) {
		this.context = context;
		this.instance = instance;
		this.generation = generation;
		this.initialization = new Initialization(context, initializers);
	}

	void begin() {
		this.recorded = JfrEvents.start(this.context.bridge(), this.instance, this.generation);
	}

	/**
	 * It was launched or connected: its time runs.
	 * @param look looks whether it lives; now and at short intervals, as no call is
	 * pending yet that would make the connection look
	 * @param onTimeout told once {@code ready-timeout} is over
	 */
	void watch(Runnable look, Runnable onTimeout) {
		if (!this.over) {
			this.limit = this.context.loop().schedule(onTimeout, this.context.options().readyTimeout().toNanos());
			tick(look);
		}
	}

	private void tick(Runnable look) {
		if (!this.over) {
			look.run();
			this.context.loop().schedule(() -> tick(look), Connection.TICK.toNanos());
		}
	}

	void initialise(BridgeSession session, Runnable onDone, Consumer<Throwable> onFailed) {
		this.initialization.start(session, onDone, onFailed);
	}

	void succeeded() {
		end(null);
	}

	void failed(BridgeStartException failure) {
		end(failure.getMessage());
	}

	/** The generation ends: neither its time nor its initializers matter any more. */
	void cancel() {
		stopWatching();
		this.initialization.cancel();
	}

	private void end(@Nullable String failure) {
		stopWatching();
		if (this.recorded != null) {
			this.recorded.ended(failure);
			this.recorded = null;
		}
	}

	private void stopWatching() {
		this.over = true;
		if (this.limit != null) {
			this.limit.cancel();
			this.limit = null;
		}
	}

}
