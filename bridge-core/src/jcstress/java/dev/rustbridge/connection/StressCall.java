package dev.rustbridge.connection;

/**
 * A call with one result on a connection of its own, and what became of it.
 */
class StressCall {

	static final CommandRequest REQUEST = CommandRequest.of("m");

	final StressLoop loop = new StressLoop();

	final TestWire wire = new TestWire(this.loop);

	final TestSubscriber subscriber = new TestSubscriber(1);

	final MonoCall<Integer> call = this.wire.mono(REQUEST, this.subscriber);

	/** Puts its bytes, and what else waits, to the kernel. */
	final void write() {
		this.wire.connection.flush();
	}

	/**
	 * What is wrong at the end, whatever the order was.
	 * @return {@code ok}, or what is left
	 */
	final String leftovers() {
		this.loop.finish();
		if (this.wire.ends.get() != 1 || this.wire.starts.get() != 1) {
			return "ended " + this.wire.ends.get() + " times";
		}
		if (this.subscriber.unruly.get() > 0 || this.subscriber.terminals.get() > 1) {
			return "signals after the end";
		}
		if (this.wire.connection.inFlight() != 0) {
			return "permits " + this.wire.connection.inFlight();
		}
		return this.wire.connection.calls().isEmpty() ? "ok" : "still in the table";
	}

}
