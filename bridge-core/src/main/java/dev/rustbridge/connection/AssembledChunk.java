package dev.rustbridge.connection;

import java.util.function.Consumer;

/**
 * Puts the raw bytes of a chunk together, which come in pieces. On the loop.
 */
final class AssembledChunk implements RawChunk {

	private final byte[] bytes;

	private final Consumer<byte[]> whole;

	private int size;

	/**
	 * Creates one.
	 * @param count how many bytes there will be
	 * @param whole is given them once all are there
	 */
	AssembledChunk(long count, Consumer<byte[]> whole) {
		this.bytes = new byte[Math.toIntExact(count)];
		this.whole = whole;
	}

	@Override
	public void append(byte[] buffer, int offset, int length, boolean last) {
		System.arraycopy(buffer, offset, this.bytes, this.size, length);
		this.size += length;
		if (last) {
			this.whole.accept(this.bytes);
		}
	}

}
