package dev.rustbridge.boot.diagnostics;

import dev.rustbridge.boot.UnknownBridgeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells which bridges there are, when one is named that there is not.
 */
class UnknownBridgeFailureAnalyzer extends AbstractFailureAnalyzer<UnknownBridgeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownBridgeException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Correct the name, or declare the bridge under 'rustbridge.bridges.%s'.".formatted(cause.bridge()),
				cause);
	}

}
