package dev.rustbridge.benchmarks.load;

import dev.rustbridge.benchmarks.Scenario;
import java.time.Duration;

/**
 * Something that is measured: it makes the load of a scenario for a while, and counts.
 */
public interface Contender extends AutoCloseable {

	/**
	 * Runs {@code scenario} for about {@code length} (at least once), and checks every
	 * answer.
	 * @throws Exception if an answer was wrong or missing
	 */
	Tally run(Scenario scenario, Duration length) throws Exception;

	/** The daemon's process, whose processor time is counted too. */
	long daemonPid();

	@Override
	void close() throws Exception;

}
