package dev.rustbridge.test.conformance.host;

/**
 * A command that the host is to send, and how it must end.
 *
 * @param method the method
 * @param params its parameters, as JSON
 * @param afterOthers whether it is sent only once all before it have ended; else without
 * a pause behind the one before
 * @param timeoutMillis the time that the caller allows, 0 for enough of it
 * @param upload how many items, the numbers from 0, go up with it; -1 for none
 * @param bytes whether its chunks are wanted as raw bytes
 * @param demand how many chunks the subscriber takes until the call ends, -1 for all
 * @param chunks how many chunks the subscriber must see, -1 for a command without
 * @param end how it must end
 * @param result the result, as JSON; empty unless it ends with one
 */
public record Step(String method, String params, boolean afterOthers, int timeoutMillis, int upload, boolean bytes,
		int demand, int chunks, End end, String result) {

	/**
	 * How a command can end. Each must end exactly once.
	 */
	public enum End {

		/**
		 * With its result.
		 */
		RESULT,
		/**
		 * With the error that the daemon told.
		 */
		FAILED,
		/**
		 * With an error that says that the daemon broke the protocol or sent too much,
		 * for this command alone.
		 */
		BROKEN,
		/**
		 * With an error that says that the connection was lost and the outcome is not
		 * known.
		 */
		LOST,
		/**
		 * By the caller's own time limit.
		 */
		TIMED_OUT

	}

	static Step of(String method, End end) {
		return new Step(method, "{}", false, 0, -1, false, -1, -1, end, "");
	}

	static Step result(String method, String result) {
		return new Step(method, "{}", false, 0, -1, false, -1, -1, End.RESULT, result);
	}

	Step withParams(String params) {
		return new Step(this.method, params, this.afterOthers, this.timeoutMillis, this.upload, this.bytes, this.demand,
				this.chunks, this.end, this.result);
	}

	Step afterOthers(boolean afterOthers) {
		return new Step(this.method, this.params, afterOthers, this.timeoutMillis, this.upload, this.bytes, this.demand,
				this.chunks, this.end, this.result);
	}

	Step within(int timeoutMillis) {
		return new Step(this.method, this.params, this.afterOthers, timeoutMillis, this.upload, this.bytes, this.demand,
				this.chunks, this.end, this.result);
	}

	Step uploading(int items) {
		return new Step(this.method, this.params, this.afterOthers, this.timeoutMillis, items, this.bytes, this.demand,
				this.chunks, this.end, this.result);
	}

	Step streaming(int chunks) {
		return new Step(this.method, this.params, this.afterOthers, this.timeoutMillis, this.upload, this.bytes,
				this.demand, chunks, this.end, this.result);
	}

	Step rawBytes() {
		return new Step(this.method, this.params, this.afterOthers, this.timeoutMillis, this.upload, true, this.demand,
				this.chunks, this.end, this.result);
	}

	Step taking(int demand) {
		return new Step(this.method, this.params, this.afterOthers, this.timeoutMillis, this.upload, this.bytes, demand,
				this.chunks, this.end, this.result);
	}

}
