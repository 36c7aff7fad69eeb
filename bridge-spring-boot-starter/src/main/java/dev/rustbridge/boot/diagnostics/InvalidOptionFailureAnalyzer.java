package dev.rustbridge.boot.diagnostics;

import dev.rustbridge.InvalidOptionException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what is wrong with an option of a bridge that the application builds itself.
 */
class InvalidOptionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOptionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidOptionException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set the option to a value within these bounds where the bridge '%s' is built."
					.formatted(cause.bridge()),
				cause);
	}

}
