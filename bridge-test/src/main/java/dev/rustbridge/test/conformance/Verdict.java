package dev.rustbridge.test.conformance;

/**
 * How a check came out.
 */
public enum Verdict {

	/**
	 * The daemon does what the protocol says.
	 */
	PASSED("passed"),
	/**
	 * It does something else.
	 */
	FAILED("FAILED"),
	/**
	 * It did not announce the capability that the check is about.
	 */
	NOT_ANNOUNCED("not announced"),
	/**
	 * The check needs something that was not given, such as the name of a method.
	 */
	NOT_TRIED("not tried");

	private final String text;

	Verdict(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
