package dev.rustbridge.boot.client;

import java.util.List;
import java.util.stream.Collectors;

import dev.rustbridge.client.InvalidClientException;

/**
 * Typed clients have mistakes.
 */
public final class InvalidClientsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final List<InvalidClientException> failures;

	InvalidClientsException(List<InvalidClientException> failures) {
		super(failures.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")), failures.get(0));
		this.failures = List.copyOf(failures);
	}

	/**
	 * The mistakes.
	 * @return one for each client that has any
	 */
	public List<InvalidClientException> failures() {
		return this.failures;
	}

}
