package dev.rustbridge.connection;

import dev.rustbridge.BridgeFrame.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A line that serves a call which is counted already (cancel, credit, items, answers to
 * the daemon): always has room.
 *
 * @param kind what it is
 * @param sequence the number of the call of ours that it serves, -1 for none
 * @param id the id of the daemon's call that it serves, {@code null} for none
 * @param bytes the line
 */
record ControlLine(Kind kind, long sequence, @Nullable String id, byte[] bytes) implements OutboundFrame {

	@Override
	public boolean claim() {
		return true;
	}

	@Override
	public void recordIn(FrameRing ring, long nanos) {
		ring.record(nanos, this.kind, this.sequence, this.id, null, this.bytes.length);
	}

	@Override
	public void release() {
	}

}
