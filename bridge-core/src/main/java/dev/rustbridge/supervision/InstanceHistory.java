package dev.rustbridge.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an instance remembers of its past. Immutable.
 *
 * @param since when it came into its state
 * @param served how many generations have served
 * @param failures the last ones that failed in a row, oldest first; a healthy time ends
 * the row
 * @param last the last failure of all, {@code null} if there was none
 * @param crashLoop whether it has crashed several times in a row
 */
record InstanceHistory(Instant since, long served, List<Attempt> failures, @Nullable Attempt last, boolean crashLoop) {

	/** A crash loop is told by its last attempts. */
	private static final int REMEMBERED = 5;

	static InstanceHistory initial() {
		return new InstanceHistory(Instant.now(), 0, List.of(), null, false);
	}

	InstanceHistory since(Instant moment) {
		return new InstanceHistory(moment, this.served, this.failures, this.last, this.crashLoop);
	}

	InstanceHistory oneMoreServed() {
		return new InstanceHistory(this.since, this.served + 1, this.failures, this.last, this.crashLoop);
	}

	InstanceHistory failed(long generation, Duration servedFor, String story, List<String> stderrTail) {
		Attempt attempt = new Attempt(generation, Instant.now(), servedFor, story, stderrTail);
		List<Attempt> row = new ArrayList<>(this.failures);
		row.add(attempt);
		if (row.size() > REMEMBERED) {
			row.remove(0);
		}
		return new InstanceHistory(this.since, this.served, List.copyOf(row), attempt, this.crashLoop);
	}

	InstanceHistory crashLoop(boolean looping) {
		return new InstanceHistory(this.since, this.served, this.failures, this.last, looping);
	}

	/** It is healthy, or was asked to start anew: what was before is no row any more. */
	InstanceHistory settled() {
		return new InstanceHistory(this.since, this.served, List.of(), this.last, false);
	}

	/**
	 * Why it does not serve, for people.
	 * @return the last failure, or the whole row where it is a crash loop
	 */
	@Nullable String story() {
		if (this.last == null) {
			return null;
		}
		return this.crashLoop ? "crash loop: " + String.join("; ", tellFailures()) : this.last.story();
	}

	@Nullable Instant failedAt() {
		return (this.last != null) ? this.last.at() : null;
	}

	List<String> tellFailures() {
		return this.failures.stream().map(Attempt::tell).toList();
	}

	List<String> stderrTail() {
		return (this.last != null) ? this.last.stderrTail() : List.of();
	}

}
