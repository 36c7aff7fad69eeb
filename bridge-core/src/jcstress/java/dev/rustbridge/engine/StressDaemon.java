package dev.rustbridge.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.rustbridge.transport.MemoryConnection;
import dev.rustbridge.transport.MemoryDaemon;
import org.jspecify.annotations.Nullable;

/**
 * Says ready, and answers each command with 1. Lives on the loop.
 */
final class StressDaemon implements MemoryDaemon {

	private static final String BEFORE_ID = "{\"id\":\"";

	private @Nullable MemoryConnection connection;

	@Override
	public void onConnect(MemoryConnection connection) {
		this.connection = connection;
		say("{\"event\":\"ready\"}");
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		// a short line comes whole
		for (String line : new String(buffer, offset, length, StandardCharsets.UTF_8).split("\n")) {
			String id = line.substring(BEFORE_ID.length(), line.indexOf('"', BEFORE_ID.length()));
			say("{\"id\":\"" + id + "\",\"success\":true,\"result\":1}");
		}
	}

	void die() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

	private void say(String line) {
		if (this.connection != null) {
			this.connection.send(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
		}
	}

}
