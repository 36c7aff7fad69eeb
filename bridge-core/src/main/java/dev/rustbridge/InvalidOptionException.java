package dev.rustbridge;

/**
 * An option of a bridge is out of its bounds.
 */
public final class InvalidOptionException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String bridge;

	private final String property;

	private final String problem;

	/**
	 * Makes a failure.
	 * @param bridge the bridge's name
	 * @param property the option, by the name of its property
	 * @param problem what is wrong with it
	 */
	public InvalidOptionException(String bridge, String property, String problem) {
		super("Bridge '%s': property '%s' %s".formatted(bridge, property, problem));
		this.bridge = bridge;
		this.property = property;
		this.problem = problem;
	}

	/**
	 * The bridge.
	 * @return the bridge's name
	 */
	public String bridge() {
		return this.bridge;
	}

	/**
	 * The option.
	 * @return the name of its property, as {@code reconnect.max-delay}
	 */
	public String property() {
		return this.property;
	}

	/**
	 * What is wrong with it.
	 * @return the rest of a sentence that begins with the property
	 */
	public String problem() {
		return this.problem;
	}

}
