package dev.rustbridge.engine;

import java.time.Duration;

import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the I/O thread of one bridge is held, and tells it: after a second, and
 * while it goes on every ten. Confined to the watchdog's thread.
 */
final class LoopWatch {

	/** How long a turn of the loop may last. */
	static final long LIMIT = Duration.ofSeconds(1).toNanos();

	/** How long until a hold that goes on is told again. */
	static final long REMINDER = Duration.ofSeconds(10).toNanos();

	private static final long SHORTEST_PAUSE = Duration.ofMillis(20).toNanos();

	private final LoopLog logger;

	private final BridgeContext context;

	private long heldAtLastLook;

	private long toldNext = LIMIT;

	LoopWatch(BridgeContext context) {
		this.logger = LoopLog.of(LoopWatch.class).about(context.bridge());
		this.context = context;
	}

	/** Whether the loop has ended, or has not begun. */
	boolean isOver() {
		return this.context.loop().thread() == null;
	}

	/**
	 * Looks once.
	 * @return nanoseconds until the next look is due
	 */
	long look() {
		long held = this.context.loop().turnNanos();
		if (held < this.heldAtLastLook) {
			// another turn, or none
			this.toldNext = LIMIT;
		}
		this.heldAtLastLook = held;
		if (held >= this.toldNext) {
			tell(held);
			this.toldNext = held + REMINDER;
		}
		return Math.max(SHORTEST_PAUSE, Math.min(LIMIT, this.toldNext - held));
	}

	private void tell(long held) {
		IoLoop loop = this.context.loop();
		Thread thread = loop.thread();
		String method = this.context.occupant().method();
		if (thread == null) {
			return;
		}
		StackTraceElement[] stack = thread.getStackTrace();
		if (loop.turnNanos() < held) {
			// it ended meanwhile: the stack is of something else
			return;
		}
		this.logger.warn(
				"Bridge '{}': its I/O thread has been held for {} {}; no other call of the bridge goes on. Code"
						+ " that takes its time belongs behind a publishOn. It is here:",
				this.context.bridge(), Durations.text(held), holder(method), new Stack(stack));
		this.context.tell((listener) -> listener.ioThreadHeld(method, Duration.ofNanos(held), stack));
	}

	private static String holder(@Nullable String method) {
		return (method != null) ? "by a subscriber of method '" + method + "'" : "by code that belongs to no call";
	}

	/** The stack of the I/O thread, for the log. */
	private static final class Stack extends Throwable {

		private static final long serialVersionUID = 1L;

		Stack(StackTraceElement[] stack) {
			super("the I/O thread");
			setStackTrace(stack);
		}

		@Override
		public synchronized Throwable fillInStackTrace() {
			return this;
		}

	}

}
