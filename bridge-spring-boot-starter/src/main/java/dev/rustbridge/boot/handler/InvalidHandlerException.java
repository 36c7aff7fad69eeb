package dev.rustbridge.boot.handler;

import java.util.List;

/**
 * Handlers or initializers can't be what they say they are. Has all that was found.
 */
public final class InvalidHandlerException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final List<String> mistakes;

	InvalidHandlerException(List<String> mistakes) {
		super(String.join("; ", mistakes));
		this.mistakes = List.copyOf(mistakes);
	}

	/**
	 * What is wrong.
	 * @return one line for each mistake, with the method that it is about
	 */
	public List<String> mistakes() {
		return this.mistakes;
	}

}
