package dev.rustbridge.connection;

/**
 * Gathers the raw bytes of one chunk as they come.
 */
interface RawChunk {

	/**
	 * A piece came. On the loop.
	 * @param buffer holds it; reused after the call
	 * @param offset of its first byte
	 * @param length how many
	 * @param last whether the chunk is complete
	 */
	void append(byte[] buffer, int offset, int length, boolean last);

}
