package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.function.Consumer;

import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;

/**
 * Lets the calls of a connection finish behind its closed door, for so long. Confined to
 * the loop.
 */
final class Drain {

	private final BridgeContext context;

	private @Nullable Runnable onDrained;

	private IoLoop.@Nullable Timer limit;

	Drain(BridgeContext context) {
		this.context = context;
	}

	/**
	 * Begins.
	 * @param connection takes no calls any more
	 * @param why it is drained
	 * @param done told at once, when the last call has ended, or when the time is over:
	 * what calls that are still pending are to hear
	 */
	void begin(Connection connection, String why, Consumer<String> done) {
		this.onDrained = () -> done.accept(why);
		if (connection.closeDoor()) {
			onDrained();
			return;
		}
		Duration time = this.context.options().shutdown().drainTimeout();
		this.limit = this.context.loop()
			.schedule(() -> done.accept(
					why + ", and it was still pending after 'shutdown.drain-timeout' (" + Durations.text(time) + ")"),
					time.toNanos());
	}

	/** The last call behind a closed door has ended. */
	void onDrained() {
		Runnable next = this.onDrained;
		if (next != null) {
			this.onDrained = null;
			next.run();
		}
	}

	void cancel() {
		this.onDrained = null;
		if (this.limit != null) {
			this.limit.cancel();
			this.limit = null;
		}
	}

}
