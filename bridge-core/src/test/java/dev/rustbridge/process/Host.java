package dev.rustbridge.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.LinkHandler;
import dev.rustbridge.transport.Transport;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A host of the smallest kind: launches a daemon, writes lines, remembers what comes.
 */
final class Host implements AutoCloseable, LinkHandler {

	private final IoLoop loop = IoLoop.open("test");

	private final Link link;

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private Host(BridgeOptions options) {
		Transport transport = (options.socket().path() != null) ? new LaunchedSocketTransport(options)
				: new ProcessTransport(options);
		try {
			this.link = transport.open(this.loop, 0);
		}
		catch (RuntimeException ex) {
			this.loop.close();
			throw ex;
		}
	}

	/** Launches without reading anything yet. */
	static Host launch(TestDaemons.Options options) {
		return new Host(options.build());
	}

	/** Launches and waits for ready. */
	static Host ready(TestDaemons.Options options) {
		Host host = launch(options).read();
		soon().until(() -> host.text().contains("\"event\":\"ready\""));
		return host;
	}

	private static ConditionFactory soon() {
		return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
	}

	Host read() {
		this.loop.execute(() -> this.link.start(this));
		return this;
	}

	Link link() {
		return this.link;
	}

	DaemonHandle daemon() {
		DaemonHandle daemon = this.link.daemon();
		if (daemon == null) {
			throw new IllegalStateException("The daemon is not ours");
		}
		return daemon;
	}

	/** Short lines always fit. */
	void write(String line) throws IOException {
		this.link.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
	}

	/** Calls a method and waits for the line of its answer. */
	String call(String method, String params) throws IOException {
		write("{\"id\":\"r_%s\",\"method\":\"%s\",\"params\":%s}".formatted(method, method, params));
		String head = "{\"id\":\"r_%s\",\"success\"".formatted(method);
		soon().until(() -> lines().stream().anyMatch((line) -> line.startsWith(head)));
		return lines().stream().filter((line) -> line.startsWith(head)).findFirst().orElseThrow();
	}

	String text() {
		synchronized (this.received) {
			return this.received.toString(StandardCharsets.UTF_8);
		}
	}

	List<String> lines() {
		String text = text();
		return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
	}

	void awaitEnd() throws Exception {
		this.ended.get(10, TimeUnit.SECONDS);
	}

	void awaitExit() {
		soon().until(() -> !daemon().isAlive());
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		synchronized (this.received) {
			this.received.write(buffer, offset, length);
		}
	}

	@Override
	public void onBatchEnd() {
		// nothing waits to be written
	}

	@Override
	public void onWritable() {
		// never asked for
	}

	@Override
	public void onEnd(@Nullable IOException cause) {
		if (cause == null) {
			this.ended.complete(null);
		}
		else {
			this.ended.completeExceptionally(cause);
		}
	}

	/** As supervision would: end of stdin, the stages, then the descriptors. */
	@Override
	public void close() throws Exception {
		daemon().stop(this.link::shutdownOutput, true).get(20, TimeUnit.SECONDS);
		this.link.close();
		this.loop.close();
	}

}
