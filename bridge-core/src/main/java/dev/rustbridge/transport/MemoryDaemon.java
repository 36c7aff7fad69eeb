package dev.rustbridge.transport;

import org.jspecify.annotations.Nullable;

/**
 * A daemon that lives in this JVM, on the other end of a link of a
 * {@link MemoryTransport}. All methods are called on the loop of the link.
 */
public interface MemoryDaemon {

	/**
	 * The host reads from now on.
	 * @param connection the daemon's end
	 */
	void onConnect(MemoryConnection connection);

	/**
	 * Bytes came from the host.
	 * @param buffer holds them; reused after the call
	 * @param offset of the first
	 * @param length how many
	 */
	void onBytes(byte[] buffer, int offset, int length);

	/**
	 * There is room again, after {@link MemoryConnection#send} has taken less than it was
	 * given.
	 */
	default void onWritable() {
	}

	/**
	 * The host has ended the daemon's input.
	 */
	default void onInputEnd() {
	}

	/**
	 * The host has closed the link. Nothing is called any more.
	 */
	default void onClose() {
	}

	/**
	 * The process that it plays.
	 * @return the process, {@code null} for one that is not the host's
	 */
	default @Nullable DaemonHandle handle() {
		return null;
	}

}
