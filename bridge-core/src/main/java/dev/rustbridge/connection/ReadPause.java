package dev.rustbridge.connection;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.rustbridge.jfr.JfrEvents;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;

/**
 * Holds up a connection while there is no room for what it brings: the only way to slow a
 * classic daemon. All calls of the connection wait meanwhile, so whoever causes it is
 * named after a second and failed after {@code stream-stall-timeout}. Confined to the
 * loop, but for {@link #isPaused()}.
 */
final class ReadPause {

	private static final LoopLog logger = LoopLog.of(ReadPause.class);

	private static final long WARN_AFTER = 1_000_000_000L;

	private final IoLoop loop;

	private final Link link;

	private final long stallNanos;

	private final Runnable onResume;

	private final Map<Holdup, Stall> stalls = new LinkedHashMap<>();

	private volatile boolean paused;

	private boolean closed;

	/** Ends the event of this pause, where it is recorded. */
	private @Nullable Runnable recorded;

	ReadPause(IoLoop loop, Link link, long stallNanos, Runnable onResume) {
		this.loop = loop;
		this.link = link;
		this.stallNanos = stallNanos;
		this.onResume = onResume;
	}

	boolean isPaused() {
		return this.paused;
	}

	void pauseFor(Holdup holdup) {
		if (this.closed || this.stalls.containsKey(holdup)) {
			return;
		}
		this.stalls.put(holdup, new Stall(this.loop.schedule(() -> warn(holdup), WARN_AFTER),
				this.loop.schedule(() -> giveUp(holdup), this.stallNanos)));
		if (!this.paused) {
			this.paused = true;
			this.recorded = JfrEvents.readPause(holdup.describe());
			this.link.pauseReading();
		}
	}

	void resumeFor(Holdup holdup) {
		Stall stall = this.stalls.remove(holdup);
		if (stall == null) {
			return;
		}
		stall.cancel();
		if (this.stalls.isEmpty()) {
			endPause();
			this.onResume.run();
			this.link.resumeReading();
		}
	}

	/** The connection has ended: nothing is to be resumed. */
	void close() {
		this.closed = true;
		this.stalls.values().forEach(Stall::cancel);
		this.stalls.clear();
		endPause();
	}

	private void endPause() {
		this.paused = false;
		if (this.recorded != null) {
			this.recorded.run();
			this.recorded = null;
		}
	}

	private void warn(Holdup holdup) {
		logger.warn("{} has held up its connection for over a second, because its subscriber requests nothing: all"
				+ " other calls of the daemon wait", holdup.describe());
	}

	private void giveUp(Holdup holdup) {
		holdup.giveUp(this.stallNanos);
		resumeFor(holdup);
	}

	private record Stall(IoLoop.Timer warning, IoLoop.Timer end) {

		void cancel() {
			this.warning.cancel();
			this.end.cancel();
		}

	}

}
