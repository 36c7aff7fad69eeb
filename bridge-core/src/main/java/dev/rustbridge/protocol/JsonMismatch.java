package dev.rustbridge.protocol;

/**
 * A value does not fit the type that was asked for.
 */
public final class JsonMismatch extends Exception {

	private static final long serialVersionUID = 1L;

	private final String path;

	JsonMismatch(String path, String message, Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	/**
	 * Where in the value.
	 * @return the path, as {@code items[3].name}; empty for the value itself
	 */
	public String path() {
		return this.path;
	}

}
