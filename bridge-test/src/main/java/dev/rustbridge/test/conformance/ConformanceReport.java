package dev.rustbridge.test.conformance;

import java.util.List;

/**
 * How a daemon fared.
 *
 * @param daemon the daemon, for people
 * @param results how each check came out, in the order in which they were tried
 */
public record ConformanceReport(String daemon, List<CheckResult> results) {

	/**
	 * Makes a report.
	 */
	public ConformanceReport {
		results = List.copyOf(results);
	}

	/**
	 * The checks that came out so.
	 * @param verdict how
	 * @return the results
	 */
	public List<CheckResult> results(Verdict verdict) {
		return this.results.stream().filter((result) -> result.verdict() == verdict).toList();
	}

	/**
	 * The checks that failed.
	 * @return the results, empty for a daemon that conforms
	 */
	public List<CheckResult> failures() {
		return results(Verdict.FAILED);
	}

	/**
	 * Fails a test unless the daemon conforms.
	 * @throws AssertionError with the whole report, if a check failed
	 */
	public void assertPassed() {
		if (!failures().isEmpty()) {
			throw new AssertionError(toString());
		}
	}

	/**
	 * The table for people.
	 * @return lines
	 */
	@Override
	public String toString() {
		return ReportText.of(this);
	}

}
