package dev.rustbridge.boot.properties;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * Something is wrong with {@code rustbridge.*}. Has all that was found, so that it can be
 * put right in one go.
 */
public final class InvalidBridgeConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Problem> problems;

	/**
	 * Makes a failure.
	 * @param problems what is wrong, at least one
	 */
	public InvalidBridgeConfigurationException(List<Problem> problems) {
		this(problems, null);
	}

	/**
	 * Makes a failure.
	 * @param problems what is wrong, at least one
	 * @param cause who said so
	 */
	public InvalidBridgeConfigurationException(List<Problem> problems, @Nullable Throwable cause) {
		super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")), cause);
		this.problems = List.copyOf(problems);
	}

	/**
	 * What is wrong.
	 * @return one or more
	 */
	public List<Problem> problems() {
		return this.problems;
	}

	/**
	 * One thing that is wrong.
	 *
	 * @param property the property's full name
	 * @param value its value, where that says anything
	 * @param origin where it is set, if that is known
	 * @param reason what is wrong with it
	 * @param action what to do
	 */
	public record Problem(String property, @Nullable Object value, @Nullable Origin origin, String reason,
			String action) {

		@Override
		public String toString() {
			String where = (this.origin != null) ? " (" + this.origin + ")" : "";
			return this.property + where + ": " + this.reason;
		}

	}

}
