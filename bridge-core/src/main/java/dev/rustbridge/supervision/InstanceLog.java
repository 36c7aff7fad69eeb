package dev.rustbridge.supervision;

import java.time.Instant;
import java.util.Locale;

import dev.rustbridge.BridgeOptions.RestartMode;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Durations;
import dev.rustbridge.connection.FrameText;
import dev.rustbridge.connection.LostConnection;
import dev.rustbridge.transport.LoopLog;

/**
 * What the log tells of the life of an instance; its failures and what follows them are
 * told by {@link Recovery}.
 */
final class InstanceLog {

	private final LoopLog logger;

	private final BridgeContext context;

	private final int index;

	InstanceLog(BridgeContext context, int index) {
		this.logger = LoopLog.of(Instance.class).about(context.bridge());
		this.context = context;
		this.index = index;
	}

	void ready(Generation generation) {
		this.logger.info("Bridge '{}': {} ready in {}", this.context.bridge(), describe(generation),
				Durations.text(generation.times().startTime()));
	}

	void lost(Generation generation, LostConnection lost) {
		this.logger.info("Bridge '{}': the last frames of {} were {}", this.context.bridge(), describe(generation),
				FrameText.of(lost.lastFrames(), Instant.now()));
	}

	void endpointReplaced() {
		this.logger.info("Bridge '{}': what it is connected to was replaced; connecting anew", this.context.bridge());
	}

	void restarting(Replacement replacement, RestartMode mode) {
		this.logger.info("Bridge '{}': {}restarting: generation {} is to replace generation {} ({})",
				this.context.bridge(), place(), replacement.successor().number(), replacement.old().number(),
				mode.name().toLowerCase(Locale.ROOT));
	}

	void replacementFailed(BridgeStartException failure) {
		this.logger.warn("{}; the old generation stays", failure.getMessage());
	}

	void stopped(String why) {
		this.logger.info("Bridge '{}': {}stopped ({})", this.context.bridge(), place(), why);
	}

	/** Names a generation, with its process where it is ours. */
	String describe(Generation generation) {
		String daemon = (generation.daemon() != null) ? " (pid " + generation.daemon().pid() + ")" : "";
		return place() + "generation " + generation.number() + daemon;
	}

	private String place() {
		return (this.context.options().instances() > 1) ? "instance " + this.index + ", " : "";
	}

}
