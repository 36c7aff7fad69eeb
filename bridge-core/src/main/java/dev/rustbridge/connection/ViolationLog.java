package dev.rustbridge.connection;

import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.EnvelopeDecoder;
import dev.rustbridge.transport.LoopLog;

/**
 * Counts what the daemon does against the protocol, and logs it at a limited rate.
 * Confined to the loop.
 */
final class ViolationLog {

	private static final LoopLog logger = LoopLog.of(ViolationLog.class);

	private static final long PERIOD = 10_000_000_000L;

	/** Lines logged in a period. */
	private static final int BURST = 5;

	private final BridgeContext context;

	private long periodStart;

	private int logged;

	private long suppressed;

	ViolationLog(BridgeContext context) {
		this.context = context;
		this.periodStart = context.deadlines().now();
	}

	void record(Violation violation, String what, byte[] buffer, int offset, int length) {
		String excerpt = EnvelopeDecoder.excerpt(buffer, offset, length);
		this.context.tell((listener) -> listener.protocolViolation(violation, excerpt));
		long now = this.context.deadlines().now();
		if (now - this.periodStart > PERIOD) {
			this.periodStart = now;
			this.logged = 0;
		}
		if (++this.logged > BURST) {
			this.suppressed++;
			return;
		}
		logger.warn("Bridge '{}': skipped a line of the daemon ({}): {}{}{}", this.context.bridge(), violation, what,
				excerpt.isEmpty() ? "" : ": " + excerpt,
				(this.suppressed > 0) ? " (and " + this.suppressed + " others not logged)" : "");
		this.suppressed = 0;
	}

}
