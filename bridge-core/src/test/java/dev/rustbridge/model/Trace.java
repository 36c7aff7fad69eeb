package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Everything that was done in a simulation, in order.
 */
final class Trace {

	private final LongSupplier clock;

	private final List<String> lines = new ArrayList<>();

	/**
	 * Makes an empty one.
	 * @param clock gives the time in nanoseconds
	 */
	Trace(LongSupplier clock) {
		this.clock = clock;
	}

	void note(String what) {
		this.lines.add(this.clock.getAsLong() / 1000 + " µs: " + what);
	}

	List<String> lines() {
		return this.lines;
	}

}
