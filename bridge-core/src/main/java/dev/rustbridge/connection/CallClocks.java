package dev.rustbridge.connection;

/**
 * The time that the calls of a connection have left. Confined to the loop.
 */
final class CallClocks {

	private final DeadlineWatch deadlines;

	private final CallTable calls;

	private long restartedAt;

	CallClocks(DeadlineWatch deadlines, CallTable calls) {
		this.deadlines = deadlines;
		this.calls = calls;
	}

	/**
	 * Expires what is due.
	 * @param now the present moment
	 * @return the next moment at which something may be due
	 */
	long sweep(long now) {
		long[] next = { DeadlineWatch.NEVER };
		this.calls.forEach((call) -> {
			long expiresAt = call.expiresAt();
			if (expiresAt <= now) {
				call.expire();
			}
			else {
				next[0] = Math.min(next[0], expiresAt);
			}
		});
		return next[0];
	}

	/**
	 * Reading goes on. While nothing was read nothing could come: the clocks of all
	 * streams start anew.
	 */
	void restart() {
		long now = this.deadlines.now();
		this.restartedAt = now;
		this.calls.forEach((call) -> {
			if (call instanceof StreamCall<?> stream) {
				stream.touch(now);
				this.deadlines.watch(stream.expiresAt());
			}
		});
	}

	/** When reading last went on after a pause. */
	long restartedAt() {
		return this.restartedAt;
	}

}
