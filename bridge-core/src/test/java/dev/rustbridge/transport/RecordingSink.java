package dev.rustbridge.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what a daemon writes to its stderr.
 */
class RecordingSink implements StderrSink {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	volatile boolean ended;

	@Override
	public synchronized void onBytes(byte[] buffer, int offset, int length) {
		this.bytes.write(buffer, offset, length);
	}

	@Override
	public void onEnd() {
		this.ended = true;
	}

	synchronized String text() {
		return this.bytes.toString(StandardCharsets.UTF_8);
	}

	synchronized int size() {
		return this.bytes.size();
	}

}
