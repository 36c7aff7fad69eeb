package dev.rustbridge.transport;

/**
 * Takes what a daemon writes to its stderr. Both methods are called on the loop of the
 * link, and must not hold it up.
 */
public interface StderrSink {

	/**
	 * Bytes came.
	 * @param buffer holds them; reused after the call
	 * @param offset of the first
	 * @param length how many
	 */
	void onBytes(byte[] buffer, int offset, int length);

	/**
	 * No more bytes will come. Called once, unless the link is closed before.
	 */
	void onEnd();

}
