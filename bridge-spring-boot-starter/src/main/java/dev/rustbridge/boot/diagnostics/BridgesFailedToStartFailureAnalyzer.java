package dev.rustbridge.boot.diagnostics;

import java.util.Map;
import java.util.stream.Collectors;

import dev.rustbridge.boot.lifecycle.BridgesFailedToStartException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Tells why required bridges did not start, all of them in one analysis.
 */
class BridgesFailedToStartFailureAnalyzer extends AbstractFailureAnalyzer<BridgesFailedToStartException>
		implements Ordered {

	/** Before the analyzers of the causes, which know of one bridge only. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BridgesFailedToStartException cause) {
		Map<String, Throwable> failures = cause.failures();
		String description = failures.values()
			.stream()
			.map(BridgeStartReport::describe)
			.collect(Collectors.joining("%n%n".formatted()));
		String action = failures.entrySet()
			.stream()
			.map((entry) -> ((failures.size() > 1) ? entry.getKey() + ": " : "")
					+ BridgeStartReport.action(entry.getValue()))
			.collect(Collectors.joining("%n".formatted()));
		return new FailureAnalysis(description, action, cause);
	}

}
