package dev.rustbridge.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.transport.LinkHandler;
import dev.rustbridge.transport.QuietLink;
import org.jspecify.annotations.Nullable;

/**
 * A link whose other end is a test's: it takes as many bytes as the test lets it, and
 * gives those that the test hands it. Everything on the loop.
 */
final class SimulatedLink extends QuietLink {

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	private @Nullable LinkHandler handler;

	private int room = Integer.MAX_VALUE;

	private boolean writableRequested;

	private boolean paused;

	private boolean resumed;

	private boolean ended;

	private boolean closed;

	/** Has room for so many bytes from now on. */
	void room(int bytes) {
		this.room = bytes;
		if (bytes > 0 && this.writableRequested && !this.closed) {
			this.writableRequested = false;
			handler().onWritable();
		}
	}

	/** The host reads this. */
	void deliver(byte[] bytes) {
		if (!this.closed) {
			handler().onBytes(bytes, 0, bytes.length);
			if (!this.closed) {
				handler().onBatchEnd();
			}
		}
	}

	/** The host reads no more. */
	void end() {
		if (!this.ended && !this.closed) {
			this.ended = true;
			handler().onEnd(null);
		}
	}

	/** The whole lines that were written since this was asked last. */
	List<String> lines() {
		String text = this.written.toString(StandardCharsets.UTF_8);
		List<String> lines = new ArrayList<>();
		int start = 0;
		for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
			lines.add(text.substring(start, end));
			start = end + 1;
		}
		this.written.reset();
		byte[] rest = text.substring(start).getBytes(StandardCharsets.UTF_8);
		this.written.write(rest, 0, rest.length);
		return lines;
	}

	boolean isPaused() {
		return this.paused;
	}

	boolean isClosed() {
		return this.closed;
	}

	private LinkHandler handler() {
		LinkHandler target = this.handler;
		if (target == null) {
			throw new IllegalStateException("Nobody reads yet");
		}
		return target;
	}

	@Override
	public void start(LinkHandler handler) {
		this.handler = handler;
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		if (this.ended || this.closed) {
			throw new IOException("Broken pipe");
		}
		byte[] taken = new byte[Math.min(bytes.remaining(), this.room)];
		bytes.get(taken);
		this.written.write(taken, 0, taken.length);
		if (this.room != Integer.MAX_VALUE) {
			this.room -= taken.length;
		}
		return taken.length;
	}

	@Override
	public void requestWritable() {
		this.writableRequested = true;
	}

	@Override
	public void pauseReading() {
		this.paused = true;
	}

	@Override
	public void resumeReading() {
		this.resumed |= this.paused;
		this.paused = false;
	}

	/** Whether the host has begun to read again since this was asked last. */
	boolean hasResumed() {
		boolean answer = this.resumed;
		this.resumed = false;
		return answer;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public String kind() {
		return "simulated";
	}

}
