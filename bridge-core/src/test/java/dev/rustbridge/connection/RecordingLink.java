package dev.rustbridge.connection;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.rustbridge.transport.QuietLink;
import org.jspecify.annotations.Nullable;

/**
 * A link to nobody: counts the bytes that are written, as far as it has room.
 */
final class RecordingLink extends QuietLink {

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
	public String kind() {
		return "recording";
	}

}
