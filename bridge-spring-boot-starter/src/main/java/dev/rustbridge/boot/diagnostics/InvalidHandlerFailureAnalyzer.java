package dev.rustbridge.boot.diagnostics;

import java.util.stream.Collectors;

import dev.rustbridge.boot.handler.InvalidHandlerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells the mistakes of handlers and initializers.
 */
class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
		String description = cause.mistakes()
			.stream()
			.collect(Collectors.joining("%n    - ".formatted(),
					"Handlers of bridges are not valid:%n%n    - ".formatted(), ""));
		return new FailureAnalysis(description, "Correct the methods.", cause);
	}

}
