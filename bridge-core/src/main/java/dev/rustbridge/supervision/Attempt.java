package dev.rustbridge.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.rustbridge.connection.Durations;

/**
 * A generation that failed: did not come up, or was lost.
 *
 * @param generation its number
 * @param at when it failed
 * @param served how long it had served
 * @param story how it ended, with its exit value and the reason as far as it is known
 * @param stderrTail the last lines of its log
 */
record Attempt(long generation, Instant at, Duration served, String story, List<String> stderrTail) {

	/** Of each attempt; the last one's log is kept in full. */
	private static final int LINES = 3;

	/**
	 * A line for people.
	 * @return which one, what became of it, and its last words
	 */
	String tell() {
		String when = this.served.isZero() ? "" : " after " + Durations.text(this.served);
		StringBuilder text = new StringBuilder("generation ").append(this.generation)
			.append(when)
			.append(": ")
			.append(this.story);
		List<String> last = this.stderrTail.subList(Math.max(0, this.stderrTail.size() - LINES),
				this.stderrTail.size());
		if (!last.isEmpty()) {
			text.append(" [log: ").append(String.join(" | ", last)).append(']');
		}
		return text.toString();
	}

}
