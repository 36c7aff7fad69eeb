package dev.rustbridge.test.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a report for people: a table by the parts of the protocol, and what to do about
 * each failure.
 */
final class ReportText {

	private static final String DETAIL = "                   ";

	private final StringBuilder text = new StringBuilder();

	private ReportText() {
	}

	static String of(ConformanceReport report) {
		ReportText text = new ReportText();
		text.line("Conformance of " + report.daemon());
		Map<String, List<CheckResult>> groups = new LinkedHashMap<>();
		for (CheckResult result : report.results()) {
			groups.computeIfAbsent(result.group(), (group) -> new ArrayList<>()).add(result);
		}
		List<String> notAnnounced = new ArrayList<>();
		groups.forEach((name, results) -> {
			if (results.stream().allMatch((result) -> result.verdict() == Verdict.NOT_ANNOUNCED)) {
				notAnnounced.add(name);
			}
			else {
				text.group(name, results);
			}
		});
		if (!notAnnounced.isEmpty()) {
			text.line("");
			text.line(Verdict.NOT_ANNOUNCED + ": " + String.join(", ", notAnnounced));
		}
		text.line("");
		text.line(count(report, Verdict.PASSED) + ", " + count(report, Verdict.FAILED) + ", "
				+ count(report, Verdict.NOT_TRIED) + ", " + count(report, Verdict.NOT_ANNOUNCED));
		return text.text.toString();
	}

	private static String count(ConformanceReport report, Verdict verdict) {
		return report.results(verdict).size() + " " + verdict.toString().toLowerCase(Locale.ROOT);
	}

	private void group(String name, List<CheckResult> results) {
		line("");
		line(name);
		for (CheckResult result : results) {
			line("  %-10s %-18s %s".formatted(result.verdict(), result.name(), result.rule()));
			if (result.verdict() == Verdict.FAILED) {
				detail("expected  ", result.expected());
				detail("observed  ", result.observed());
				detail("to do     ", result.advice());
			}
			else if (!result.observed().isEmpty()) {
				detail("", result.observed());
			}
		}
	}

	private void detail(String head, String detail) {
		String indent = DETAIL + " ".repeat(head.length());
		line(DETAIL + head + detail.replace("\n", "\n" + indent));
	}

	private void line(String line) {
		this.text.append(line).append('\n');
	}

}
