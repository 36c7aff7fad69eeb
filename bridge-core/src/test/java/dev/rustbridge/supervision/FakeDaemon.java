package dev.rustbridge.supervision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.LinkHandler;
import dev.rustbridge.transport.QuietLink;
import org.jspecify.annotations.Nullable;

/**
 * A process and the link to it that live on a loop of virtual time.
 */
final class FakeDaemon extends QuietLink implements DaemonHandle {

	private final IoLoop loop;

	private final long pid;

	private final CompletableFuture<Integer> exit = new CompletableFuture<>();

	private final List<String> written = new ArrayList<>();

	private @Nullable LinkHandler handler;

	private boolean saidReady;

	private boolean exiting;

	private boolean closed;

	FakeDaemon(IoLoop loop, long pid) {
		this.loop = loop;
		this.pid = pid;
	}

	// What it does

	void sayReady() {
		this.saidReady = true;
		say("{\"event\":\"ready\"}");
	}

	void say(String line) {
		byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
		LinkHandler target = this.handler;
		if (target != null && !this.closed) {
			target.onBytes(bytes, 0, bytes.length);
			target.onBatchEnd();
		}
	}

	void die(int exitValue) {
		if (this.exit.complete(exitValue)) {
			closeOutput();
		}
	}

	void closeOutput() {
		LinkHandler target = this.handler;
		if (target != null && !this.closed) {
			target.onEnd(null);
		}
	}

	/** It closes its output because it exits, which takes it a while. */
	void beginToExit() {
		this.exiting = true;
		closeOutput();
	}

	boolean isListening() {
		return this.handler != null && !this.closed && isAlive();
	}

	boolean hasSaidReady() {
		return this.saidReady;
	}

	boolean isClosed() {
		return this.closed;
	}

	/** Lines that it was sent. */
	List<String> written() {
		return this.written;
	}

	// The link

	@Override
	public void start(LinkHandler handler) {
		this.handler = handler;
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		if (!isAlive()) {
			throw new IOException("Broken pipe");
		}
		byte[] taken = new byte[bytes.remaining()];
		bytes.get(taken);
		new String(taken, StandardCharsets.UTF_8).lines().forEach(this.written::add);
		return taken.length;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public DaemonHandle daemon() {
		return this;
	}

	@Override
	public String kind() {
		return "fake";
	}

	// The process

	@Override
	public long pid() {
		return this.pid;
	}

	@Override
	public Path executable() {
		return Path.of("fake");
	}

	@Override
	public boolean isAlive() {
		return !this.exit.isDone();
	}

	@Override
	public boolean isExiting() {
		return this.exiting;
	}

	@Override
	public @Nullable Integer exitValue() {
		return this.exit.getNow(null);
	}

	@Override
	public CompletableFuture<Integer> onExit() {
		return this.exit;
	}

	@Override
	public List<String> stderrTail() {
		return List.of("last words");
	}

	@Override
	public String exitStory() {
		return "exit value " + exitValue();
	}

	@Override
	public CompletableFuture<Void> stop(Runnable endInput, boolean inHaste) {
		CompletableFuture<Void> gone = new CompletableFuture<>();
		endInput.run();
		this.loop.schedule(() -> {
			this.exit.complete(0);
			gone.complete(null);
		}, 5_000_000);
		return gone;
	}

}
