package dev.rustbridge.benchmarks.load;

import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Messages.Echo;

/** A client library with its daemon, typed in and out. */
public interface Peer extends AutoCloseable {

	/**
	 * Echoes the lane's params without blocking, then calls {@link Lane#answered} or
	 * {@link Lane#failed}.
	 */
	void send(Lane lane);

	/** Echoes the lane's params over and over, until the lane says that it is enough. */
	default void repeat(Lane lane) {
		lane.sending();
		send(lane);
	}

	/** Echoes, and blocks the caller meanwhile. */
	Echo call(Echo ask) throws Exception;

	/**
	 * Has {@code count} chunks with {@code size} bytes of text each streamed, and blocks
	 * until the end.
	 * @return how many the daemon says there were
	 */
	long stream(int count, int size, TickCheck check) throws Exception;

	/** A result with {@code size} bytes of text; blocks. */
	Blob result(int size) throws Exception;

	/** Sends the blob, and returns the size that the daemon saw; blocks. */
	long sink(Blob blob) throws Exception;

	/** The daemon's process. */
	long daemonPid();

	@Override
	void close() throws Exception;

}
