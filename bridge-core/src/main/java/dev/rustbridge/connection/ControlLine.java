package dev.rustbridge.connection;

/**
 * A line that serves a call which is counted already (cancel, credit, items, answers to
 * the daemon): always has room.
 *
 * @param bytes the line
 */
record ControlLine(byte[] bytes) implements OutboundFrame {

	@Override
	public boolean claim() {
		return true;
	}

	@Override
	public void release() {
	}

}
