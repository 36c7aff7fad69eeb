package dev.rustbridge.connection;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.LinkHandler;
import org.jspecify.annotations.Nullable;

/**
 * A link to nobody: counts the bytes that are written, as far as it has room.
 */
final class RecordingLink implements Link {

	private volatile int room = Integer.MAX_VALUE;

	private volatile int written;

	private volatile boolean writableRequested;

	private volatile @Nullable IOException broken;

	/** Takes only so many bytes more. */
	void room(int bytes) {
		this.room = bytes;
	}

	/** Takes no byte for good. */
	void breakWith(IOException cause) {
		this.broken = cause;
	}

	int written() {
		return this.written;
	}

	boolean isWritableRequested() {
		return this.writableRequested;
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		IOException cause = this.broken;
		if (cause != null) {
			throw cause;
		}
		int count = Math.min(bytes.remaining(), this.room);
		bytes.position(bytes.position() + count);
		if (this.room != Integer.MAX_VALUE) {
			this.room = this.room - count;
		}
		this.written = this.written + count;
		return count;
	}

	@Override
	public void requestWritable() {
		this.writableRequested = true;
	}

	@Override
	public void start(LinkHandler handler) {
	}

	@Override
	public void pauseReading() {
	}

	@Override
	public void resumeReading() {
	}

	@Override
	public void drainReadable(Runnable done) {
		done.run();
	}

	@Override
	public void shutdownOutput() {
	}

	@Override
	public void close() {
	}

	@Override
	public @Nullable DaemonHandle daemon() {
		return null;
	}

	@Override
	public @Nullable PeerCredentials peer() {
		return null;
	}

	@Override
	public String kind() {
		return "recording";
	}

}
