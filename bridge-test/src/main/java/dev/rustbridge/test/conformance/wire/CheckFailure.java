package dev.rustbridge.test.conformance.wire;

/**
 * The daemon did something else than the protocol says.
 */
@SuppressWarnings("serial")
public final class CheckFailure extends RuntimeException {

	private final String expected;

	private final String observed;

	/**
	 * Makes a failure.
	 * @param expected what the protocol says
	 * @param observed what the daemon did
	 */
	public CheckFailure(String expected, String observed) {
		super("expected " + expected + ", observed " + observed);
		this.expected = expected;
		this.observed = observed;
	}

	/**
	 * What the protocol says.
	 * @return the words
	 */
	public String expected() {
		return this.expected;
	}

	/**
	 * What the daemon did.
	 * @return the words, and the lines
	 */
	public String observed() {
		return this.observed;
	}

}
