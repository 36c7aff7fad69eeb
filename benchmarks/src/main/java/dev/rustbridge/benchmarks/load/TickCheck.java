package dev.rustbridge.benchmarks.load;

import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Scenario;

/** Checks that the chunks of a stream come whole, in order, without gap or double. */
public final class TickCheck {

	private static final String TEXT = Blob.of(Scenario.CHUNK_TEXT).text();

	private long next;

	/** Checks one chunk; called by one thread at a time. */
	public void tick(long n, String text) {
		if (n != next || !text.equals(TEXT)) {
			throw new IllegalStateException("expected chunk " + next + ", got " + n + " with text " + text);
		}
		next++;
	}

	void ended(long expected, long announced) {
		if (next != expected || announced != expected) {
			throw new IllegalStateException(
					"expected " + expected + " chunks, got " + next + "; the daemon counted " + announced);
		}
	}

	/** How many were seen. */
	public long seen() {
		return next;
	}

}
