package dev.rustbridge.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.rustbridge.test.ScriptedDaemon.ReceivedCommand;
import dev.rustbridge.transport.MemoryConnection;
import dev.rustbridge.transport.MemoryDaemon;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One connection of a scripted daemon: lines in, lines out.
 */
final class ScriptedConnection implements MemoryDaemon {

	private static final String READY = "{\"event\":\"ready\",\"data\":{\"version\":\"scripted\"}}";

	private final ScriptedDaemon daemon;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	/** What the host has no room for yet. */
	private final Deque<ByteBuffer> unsent = new ArrayDeque<>();

	private @Nullable MemoryConnection connection;

	ScriptedConnection(ScriptedDaemon daemon) {
		this.daemon = daemon;
	}

	@Override
	public void onConnect(MemoryConnection opened) {
		synchronized (this) {
			this.connection = opened;
		}
		this.daemon.connected(this);
		send(READY);
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		for (int i = offset; i < offset + length; i++) {
			if (buffer[i] == '\n') {
				onLine(this.line.toString(StandardCharsets.UTF_8));
				this.line.reset();
			}
			else {
				this.line.write(buffer[i]);
			}
		}
	}

	private void onLine(String text) {
		JsonNode message = this.daemon.mapper().readTree(text);
		if (message.has("id") && message.has("method")) {
			this.daemon.onCommand(this, message.get("id").stringValue(),
					new ReceivedCommand(message.get("method").stringValue(), message.get("params")));
		}
	}

	synchronized void send(String text) {
		this.unsent.add(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
		flush();
	}

	private void flush() {
		MemoryConnection open = this.connection;
		while (open != null && !this.unsent.isEmpty()) {
			ByteBuffer first = this.unsent.element();
			if (open.send(first) >= 0 && first.hasRemaining()) {
				return;
			}
			// taken, or the host has gone
			this.unsent.remove();
		}
	}

	@Override
	public synchronized void onWritable() {
		flush();
	}

	synchronized void end() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

	@Override
	public void onClose() {
		this.daemon.disconnected(this);
	}

}
