package dev.rustbridge.boot.diagnostics;

import java.util.List;
import java.util.stream.Collectors;

import dev.rustbridge.boot.properties.InvalidBridgeConfigurationException;
import dev.rustbridge.boot.properties.InvalidBridgeConfigurationException.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Tells what is wrong with {@code rustbridge.*}.
 */
class InvalidBridgeConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidBridgeConfigurationException>
		implements Ordered {

	/** Before those of Boot for the binder's exceptions around it. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidBridgeConfigurationException cause) {
		List<Problem> problems = cause.problems();
		String description = problems.stream()
			.map(InvalidBridgeConfigurationFailureAnalyzer::describe)
			.collect(Collectors.joining("%n%n".formatted()));
		String action = problems.stream()
			.map((problem) -> (problems.size() == 1) ? problem.action() : problem.property() + ": " + problem.action())
			.distinct()
			.collect(Collectors.joining("%n".formatted()));
		return new FailureAnalysis(description, action, cause);
	}

	private static String describe(Problem problem) {
		StringBuilder text = new StringBuilder("Property '").append(problem.property())
			.append("' is not valid:%n".formatted());
		append(text, "Value", problem.value());
		append(text, "Origin", problem.origin());
		append(text, "Reason", problem.reason());
		return text.toString();
	}

	private static void append(StringBuilder text, String title, @Nullable Object value) {
		if (value != null) {
			text.append("%n    %s: ".formatted(title)).append(value);
		}
	}

}
