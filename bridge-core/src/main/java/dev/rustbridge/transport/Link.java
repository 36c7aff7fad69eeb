package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.rustbridge.BridgeInfo.PeerCredentials;
import dev.rustbridge.BridgeStartException;
import org.jspecify.annotations.Nullable;

/**
 * An open connection to a daemon: bytes out, bytes in, and the process behind it where it
 * is ours.
 */
public interface Link {

	/**
	 * Begins to read. Called once, on the loop.
	 * @param handler told on the loop what happens
	 */
	void start(LinkHandler handler);

	/**
	 * Offers bytes to the kernel without ever waiting. Any thread, one at a time.
	 * @param bytes what to write; its position moves past what was taken
	 * @return how many bytes were taken, 0 when there is no room now
	 * @throws IOException when the daemon takes no more bytes for good; reading goes on
	 */
	int write(ByteBuffer bytes) throws IOException;

	/**
	 * Asks for one {@link LinkHandler#onWritable()} once there is room. Any thread.
	 */
	void requestWritable();

	/**
	 * Stops reading, so that the daemon is held up. On the loop.
	 */
	void pauseReading();

	/**
	 * Reads again. On the loop.
	 */
	void resumeReading();

	/**
	 * Reads what is there, paused or not, up to the point where it would block, and tells
	 * the handler; for the moment after the daemon is known to have exited. What it left
	 * on stderr is read as well. On the loop, not within
	 * {@link LinkHandler#onBytes(byte[], int, int)}.
	 * @param done run on the loop once all has been told: before this returns, except
	 * over pipes, where the thread that reads may need a moment (20 ms when nothing more
	 * comes, no end either, because a grandchild holds the pipe; 100 ms at most)
	 */
	void drainReadable(Runnable done);

	/**
	 * Ends the daemon's stdin, or our half of the connection; reading goes on. Any
	 * thread.
	 */
	void shutdownOutput();

	/**
	 * Closes both directions at once. Any thread, idempotent. No handler method is called
	 * after it returned on the loop.
	 */
	void close();

	/**
	 * What it still waits for, where it goes on connecting after it was started. On the
	 * loop.
	 * @return why it could not be connected when that was tried last, {@code null} once
	 * it is
	 */
	default @Nullable BridgeStartException waitsFor() {
		return null;
	}

	/**
	 * The process behind it.
	 * @return the process, {@code null} when the daemon is not ours
	 */
	@Nullable DaemonHandle daemon();

	/**
	 * Who is on the other end.
	 * @return the credentials, {@code null} where there are none
	 */
	@Nullable PeerCredentials peer();

	/**
	 * What it is made of, as logs and health name it.
	 * @return {@code stdio}, {@code pipe}, {@code socket} or {@code memory}
	 */
	String kind();

}
