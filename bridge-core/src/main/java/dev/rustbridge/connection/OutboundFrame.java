package dev.rustbridge.connection;

/**
 * Bytes on their way to a daemon.
 */
interface OutboundFrame {

	/**
	 * Asks for the right to write it: the one step after which it counts as sent.
	 * @return {@code false} when it was withdrawn, and must not be written
	 */
	boolean claim();

	/**
	 * Its bytes, with the newline.
	 * @return the bytes; not read any more once they were taken
	 */
	byte[] bytes();

	/**
	 * Leaves a note of itself, as it is about to be written.
	 * @param ring takes the note
	 * @param nanos the present moment on the scale of the deadlines
	 */
	void recordIn(FrameRing ring, long nanos);

	/**
	 * The bytes were copied, or will never be.
	 */
	void release();

}
