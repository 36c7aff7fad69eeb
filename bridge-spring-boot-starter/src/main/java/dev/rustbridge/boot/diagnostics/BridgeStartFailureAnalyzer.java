package dev.rustbridge.boot.diagnostics;

import dev.rustbridge.BridgeStartException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells why a bridge did not start that a bean called before the application was up.
 */
class BridgeStartFailureAnalyzer extends AbstractFailureAnalyzer<BridgeStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BridgeStartException cause) {
		return new FailureAnalysis(BridgeStartReport.describe(cause), BridgeStartReport.action(cause), cause);
	}

}
