package dev.rustbridge.transport;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Brings a daemon's stderr, read like any other stream, to its sink.
 *
 * @param sink takes it
 */
record StderrHandler(StderrSink sink) implements LinkHandler {

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		this.sink.onBytes(buffer, offset, length);
	}

	@Override
	public void onEnd(@Nullable IOException cause) {
		this.sink.onEnd();
	}

}
