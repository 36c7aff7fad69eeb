package dev.rustbridge.boot.bean;

/**
 * Two beans are bridges of the same name.
 */
public final class DuplicateBridgeException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String bridge;

	DuplicateBridgeException(String bridge, String firstBean, String secondBean) {
		super("There are two bridges of the name '%s': the beans '%s' and '%s'".formatted(bridge, firstBean,
				secondBean));
		this.bridge = bridge;
	}

	/**
	 * The name that both have.
	 * @return the bridge's name
	 */
	public String bridge() {
		return this.bridge;
	}

}
