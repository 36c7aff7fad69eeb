package dev.rustbridge.boot.lifecycle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bridges that the application can't do without did not start.
 */
public final class BridgesFailedToStartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Map<String, Throwable> failures;

	BridgesFailedToStartException(Map<String, Throwable> failures) {
		super("Required bridges did not start: " + String.join(", ", failures.keySet()),
				failures.values().iterator().next());
		failures.values().stream().skip(1).forEach(this::addSuppressed);
		this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
	}

	/**
	 * Why each did not start.
	 * @return the failures by the names of the bridges
	 */
	public Map<String, Throwable> failures() {
		return this.failures;
	}

}
