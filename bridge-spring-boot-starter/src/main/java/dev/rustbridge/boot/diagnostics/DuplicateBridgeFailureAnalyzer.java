package dev.rustbridge.boot.diagnostics;

import dev.rustbridge.boot.bean.DuplicateBridgeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells how a bridge of the application replaces a declared one, when it only has the
 * same name.
 */
class DuplicateBridgeFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateBridgeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateBridgeException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				("Build the bridge under another name; or, if it is to replace the one declared under "
						+ "'rustbridge.bridges.%1$s', name its bean '%1$s' as well.")
					.formatted(cause.bridge()),
				cause);
	}

}
