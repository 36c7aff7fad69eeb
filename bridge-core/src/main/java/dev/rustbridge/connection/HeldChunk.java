package dev.rustbridge.connection;

import java.util.Arrays;

/**
 * A chunk that waits for demand, as the bytes that came.
 *
 * @param bytes the JSON of its data, or raw bytes
 * @param raw which of the two
 */
@SuppressWarnings("ArrayRecordComponent")
record HeldChunk(byte[] bytes, boolean raw) {

	/** What an entry costs beside its bytes, so that many tiny chunks are bounded too. */
	private static final int OVERHEAD = 48;

	HeldChunk(byte[] buffer, int offset, int length) {
		this(Arrays.copyOfRange(buffer, offset, offset + length), false);
	}

	static HeldChunk raw(byte[] bytes) {
		return new HeldChunk(bytes, true);
	}

	long weight() {
		return (long) this.bytes.length + OVERHEAD;
	}

}
