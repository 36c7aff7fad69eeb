package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Writes a number of bytes of a pattern as there is room, then ends the output.
 */
class SendingHandler extends RecordingHandler {

	final AtomicLong sent = new AtomicLong();

	volatile @Nullable IOException failure;

	private final Link link;

	private final long total;

	private final byte[] pattern;

	SendingHandler(IoLoop loop, Link link, long total) {
		super(loop);
		this.link = link;
		this.total = total;
		this.pattern = pattern(1 << 20);
	}

	static byte[] pattern(int length) {
		byte[] pattern = new byte[length];
		for (int i = 0; i < length; i++) {
			// no period that a lost or doubled piece of a power of two could hide in
			pattern[i] = (byte) ((i * 31) ^ (i >>> 8) ^ (i >>> 16));
		}
		return pattern;
	}

	/** On the loop. */
	void send() {
		try {
			while (this.sent.get() < this.total) {
				int from = (int) (this.sent.get() % this.pattern.length);
				int length = (int) Math.min(this.pattern.length - from, this.total - this.sent.get());
				ByteBuffer piece = ByteBuffer.wrap(this.pattern, from, length);
				int count = this.link.write(piece);
				this.sent.addAndGet(count);
				if (piece.hasRemaining()) {
					this.link.requestWritable();
					return;
				}
			}
			this.link.shutdownOutput();
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	@Override
	public void onWritable() {
		super.onWritable();
		send();
	}

}
