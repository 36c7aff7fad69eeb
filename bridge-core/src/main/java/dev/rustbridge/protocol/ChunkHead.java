package dev.rustbridge.protocol;

import java.util.Arrays;

/**
 * How the last line began that was a chunk: all of it before its data. The lines of a
 * stream differ only after that, so what begins alike need not be taken apart again; that
 * was a fifth of the time of a chunk. Not thread-safe.
 */
final class ChunkHead {

	/** A longer head is not worth the comparison. */
	private static final int LONGEST = 256;

	private final byte[] bytes = new byte[LONGEST];

	private int length;

	/** How many bytes it has, 0 if nothing is known. */
	int length() {
		return this.length;
	}

	/** Whether a line begins so, and goes on. */
	boolean begins(byte[] buffer, int offset, int end) {
		return this.length > 0 && end - offset > this.length
				&& Arrays.equals(buffer, offset, offset + this.length, this.bytes, 0, this.length);
	}

	void learn(byte[] buffer, int from, int to) {
		this.length = (to - from <= LONGEST) ? to - from : 0;
		System.arraycopy(buffer, from, this.bytes, 0, this.length);
	}

	void forget() {
		this.length = 0;
	}

}
