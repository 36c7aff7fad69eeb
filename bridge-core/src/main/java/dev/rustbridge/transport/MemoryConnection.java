package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The daemon's end of a link in memory. Bounded like any other: a host that does not read
 * takes nothing, a daemon that does not read holds the host up.
 */
public final class MemoryConnection {

	private final MemoryLink link;

	MemoryConnection(MemoryLink link) {
		this.link = link;
	}

	/**
	 * Sends bytes to the host, as far as there is room. Any thread.
	 * @param bytes what to send; its position moves past what was taken
	 * @return how many bytes were taken; when that is not all,
	 * {@link MemoryDaemon#onWritable()} tells when there is room again; -1 once the link
	 * is closed on either end
	 */
	public int send(ByteBuffer bytes) {
		return this.link.send(bytes);
	}

	/**
	 * Takes no more bytes from the host. On the loop.
	 */
	public void pauseReading() {
		this.link.pauseDaemon();
	}

	/**
	 * Takes bytes from the host again. On the loop.
	 */
	public void resumeReading() {
		this.link.resumeDaemon();
	}

	/**
	 * Ends the connection as the exit of a process does: the host reads what was sent,
	 * and then the end; it can write no more. Any thread, idempotent.
	 */
	public void close() {
		this.link.endDaemon(null);
	}

	/**
	 * Breaks the connection: the host reads what was sent, and then the failure. Any
	 * thread, idempotent.
	 * @param cause as the host is told it
	 */
	public void fail(IOException cause) {
		this.link.endDaemon(cause);
	}

}
