package dev.rustbridge.boot.diagnostics;

import java.util.stream.Collectors;

import dev.rustbridge.boot.client.InvalidClientsException;
import dev.rustbridge.client.InvalidClientException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Tells the mistakes of typed clients, of all of them at once.
 */
class InvalidClientsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidClientsException> implements Ordered {

	static final String ACTION = "Correct the methods of the interface, or the daemon.";

	/** Also where the mistake showed in the start of a bridge. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidClientsException cause) {
		return new FailureAnalysis(describe(cause), ACTION, cause);
	}

	static String describe(InvalidClientsException clients) {
		return clients.failures()
			.stream()
			.map(InvalidClientsFailureAnalyzer::describe)
			.collect(Collectors.joining("%n%n".formatted()));
	}

	private static String describe(InvalidClientException failure) {
		return failure.mistakes()
			.stream()
			.collect(Collectors.joining("%n    - ".formatted(),
					"%s can't be a client of a bridge:%n%n    - ".formatted(failure.client()), ""));
	}

}
