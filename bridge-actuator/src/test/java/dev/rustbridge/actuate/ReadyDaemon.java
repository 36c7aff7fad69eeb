package dev.rustbridge.actuate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.rustbridge.transport.MemoryConnection;
import dev.rustbridge.transport.MemoryDaemon;

/**
 * A daemon that is ready, and never answers.
 */
public final class ReadyDaemon implements MemoryDaemon {

	@Override
	public void onConnect(MemoryConnection connection) {
		connection.send(ByteBuffer
			.wrap("{\"event\":\"ready\",\"data\":{\"version\":\"1.2.3\"}}\n".getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		// it never answers
	}

}
