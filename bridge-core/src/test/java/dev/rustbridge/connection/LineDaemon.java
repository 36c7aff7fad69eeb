package dev.rustbridge.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.protocol.LineFramer;
import dev.rustbridge.transport.MemoryConnection;
import dev.rustbridge.transport.MemoryDaemon;
import dev.rustbridge.transport.MemoryTransport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A daemon whose every line a test reads and writes itself.
 */
final class LineDaemon implements MemoryDaemon, LineFramer.Lines {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final String ready;

	private final CompletableFuture<MemoryConnection> connection = new CompletableFuture<>();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final LineFramer framer = new LineFramer(64 << 20, this);

	/** What the host has no room for yet. */
	private final Deque<ByteBuffer> unsent = new ArrayDeque<>();

	LineDaemon() {
		this("{\"event\":\"ready\"}");
	}

	LineDaemon(String ready) {
		this.ready = ready;
	}

	/** A daemon that announces these capabilities. */
	static LineDaemon extended(String... capabilities) {
		return new LineDaemon("{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":1,\"capabilities\":[\""
				+ String.join("\",\"", capabilities) + "\"]}}}");
	}

	MemoryTransport transport() {
		return new MemoryTransport((instance) -> this);
	}

	/** Sends a line, and returns at once. */
	void send(String line) {
		sendBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	synchronized void sendBytes(byte[] bytes) {
		this.unsent.add(ByteBuffer.wrap(bytes));
		flush();
	}

	/** Waits for the next line of the host. */
	JsonNode receive() {
		try {
			String line = this.received.poll(5, TimeUnit.SECONDS);
			assertThat(line).as("a line of the host").isNotNull();
			return MAPPER.readTree(line);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Waits for the next command, and tells its id. */
	String receiveId() {
		return receive().get("id").stringValue();
	}

	/** Waits for the host's half of the handshake, and agrees. */
	void acceptHello() {
		JsonNode hello = receive();
		assertThat(hello.get("method").stringValue()).isEqualTo("$hello");
		send("{\"id\":\"" + hello.get("id").stringValue() + "\",\"success\":true}");
	}

	@Nullable String poll() {
		return this.received.poll();
	}

	/** Bytes that the host does not take now. */
	synchronized long waitingBytes() {
		return this.unsent.stream().mapToLong(ByteBuffer::remaining).sum();
	}

	void end() {
		this.connection.join().close();
	}

	private synchronized void flush() {
		MemoryConnection open = this.connection.join();
		while (!this.unsent.isEmpty()) {
			ByteBuffer first = this.unsent.element();
			open.send(first);
			if (first.hasRemaining()) {
				return;
			}
			this.unsent.remove();
		}
	}

	@Override
	public void onConnect(MemoryConnection opened) {
		this.connection.complete(opened);
		send(this.ready);
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		this.framer.feed(buffer, offset, length);
	}

	@Override
	public void onWritable() {
		flush();
	}

	@Override
	public void line(byte[] buffer, int offset, int length) {
		this.received.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
	}

	@Override
	public void oversized(byte[] head, int offset, int length) {
		throw new AssertionError("The host wrote a line that is too long");
	}

	@Override
	public void raw(byte[] buffer, int offset, int length, boolean last) {
		throw new AssertionError("The host wrote raw bytes that nobody asked for");
	}

	@Override
	public void brokenPayload(String what) {
		throw new AssertionError(what);
	}

}
