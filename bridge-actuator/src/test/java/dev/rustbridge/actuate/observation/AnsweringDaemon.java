package dev.rustbridge.actuate.observation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.rustbridge.transport.MemoryConnection;
import dev.rustbridge.transport.MemoryDaemon;

/**
 * A daemon in memory that understands traces: answers {@code echo}, refuses
 * {@code refuse}, sends the event {@code watch:w_1} within the trace of {@code emit}, and
 * leaves {@code wait} without an answer.
 */
class AnsweringDaemon implements MemoryDaemon {

	private static final Pattern COMMAND = Pattern.compile("\"id\":\"([^\"]+)\",\"method\":\"([^\"]+)\"");

	private static final Pattern TRACE = Pattern.compile("\"trace\":\\{[^}]*}");

	private static final String READY = "{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":1,"
			+ "\"minProtocol\":1,\"capabilities\":[\"trace\",\"errors\"]}}}";

	private final StringBuilder received = new StringBuilder();

	private final List<String> lines;

	private MemoryConnection connection;

	/**
	 * Makes a daemon.
	 * @param lines takes the lines that it is sent
	 */
	AnsweringDaemon(CopyOnWriteArrayList<String> lines) {
		this.lines = lines;
	}

	@Override
	public void onConnect(MemoryConnection connection) {
		this.connection = connection;
		send(READY);
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		this.received.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
		for (int end = this.received.indexOf("\n"); end >= 0; end = this.received.indexOf("\n")) {
			onLine(this.received.substring(0, end));
			this.received.delete(0, end + 1);
		}
	}

	private void onLine(String line) {
		this.lines.add(line);
		Matcher command = COMMAND.matcher(line);
		if (!command.find()) {
			return;
		}
		String id = command.group(1);
		switch (command.group(2)) {
			case "$hello", "echo" -> send("{\"id\":\"" + id + "\",\"success\":true,\"result\":7}");
			case "emit" -> {
				Matcher trace = TRACE.matcher(line);
				send("{\"event\":\"watch:w_1\",\"data\":1" + (trace.find() ? "," + trace.group() : "") + "}");
				send("{\"id\":\"" + id + "\",\"success\":true}");
			}
			case "refuse" -> send("{\"id\":\"" + id + "\",\"success\":false,\"error\":\"no\",\"code\":\"NOT_FOUND\"}");
			default -> {
			}
		}
	}

	private void send(String line) {
		this.connection.send(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
	}

}
