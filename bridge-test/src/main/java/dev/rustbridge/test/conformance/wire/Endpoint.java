package dev.rustbridge.test.conformance.wire;

import java.io.IOException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The near end of a way to a daemon. Reading and writing block, each on a thread of its
 * own.
 */
interface Endpoint extends AutoCloseable {

	/**
	 * Reads what there is.
	 * @param buffer takes the bytes
	 * @return their number, -1 at the end
	 * @throws IOException if the daemon went without a goodbye
	 */
	int read(byte[] buffer) throws IOException;

	/**
	 * Writes all of it.
	 * @param bytes the bytes
	 * @throws IOException if the daemon takes no more
	 */
	void write(byte[] bytes) throws IOException;

	/**
	 * Says that nothing more will be written.
	 * @throws IOException if that can't be said
	 */
	void endInput() throws IOException;

	/**
	 * Asks the daemon to end, by SIGTERM.
	 */
	void terminate();

	/**
	 * Waits for the daemon's exit.
	 * @param timeout how long
	 * @return its exit value, {@code null} if it lives on
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	@Nullable Integer awaitExit(Duration timeout) throws InterruptedException;

	/**
	 * The last lines of its stderr.
	 * @return the lines, empty where there is none
	 */
	String log();

	@Override
	void close();

}
