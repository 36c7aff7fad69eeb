package dev.rustbridge.connection;

/**
 * How many chunks a daemon may send of one stream: Reactive Streams demand on the wire,
 * with a prefetch so that a subscriber that asks for one at a time does not wait for a
 * round trip each, and never more than fits into the stream's buffer. Confined to the
 * loop once the command was sent.
 */
final class CreditWindow {

	/** The wire's word for unlimited. */
	static final long UNLIMITED = (1L << 53) - 1;

	private static final int PREFETCH = 32;

	private final long bufferBytes;

	private long outstanding;

	private long largestChunk = 1;

	CreditWindow(long bufferBytes) {
		this.bufferBytes = bufferBytes;
	}

	/** The command is sent anew: what was granted before does not count. */
	void reset() {
		this.outstanding = 0;
	}

	/**
	 * A chunk came.
	 * @param bytes its size
	 * @return whether there was credit for it
	 */
	boolean received(int bytes) {
		this.largestChunk = Math.max(this.largestChunk, bytes);
		if (this.outstanding == UNLIMITED) {
			return true;
		}
		return --this.outstanding >= 0;
	}

	/**
	 * What to grant now. Grants are gathered until they are half a window.
	 * @param demand chunks that the subscriber waits for; {@code Long.MAX_VALUE} is
	 * unlimited
	 * @param held chunks that came and wait for demand
	 * @return the grant, 0 for none
	 */
	long grant(long demand, int held) {
		if (this.outstanding == UNLIMITED) {
			return 0;
		}
		if (demand == Long.MAX_VALUE) {
			this.outstanding = UNLIMITED;
			return UNLIMITED;
		}
		long fits = Math.max(1, this.bufferBytes / this.largestChunk);
		long window = Math.min(Math.min(demand, UNLIMITED - PREFETCH - 1) + PREFETCH, fits);
		long grant = window - held - this.outstanding;
		if (grant <= 0 || grant < window / 2) {
			return 0;
		}
		this.outstanding += grant;
		return grant;
	}

}
