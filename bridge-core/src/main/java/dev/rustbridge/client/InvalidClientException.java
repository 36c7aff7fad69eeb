package dev.rustbridge.client;

import java.util.List;

/**
 * An interface can't be made into a client. Has all its mistakes.
 */
public final class InvalidClientException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String client;

	private final List<String> mistakes;

	/**
	 * Makes a failure.
	 * @param client the interface
	 * @param mistakes what is wrong with it, at least one
	 */
	public InvalidClientException(Class<?> client, List<String> mistakes) {
		super(client.getName() + " can't be a client of a bridge: " + String.join("; ", mistakes));
		this.client = client.getName();
		this.mistakes = List.copyOf(mistakes);
	}

	/**
	 * The interface.
	 * @return its name
	 */
	public String client() {
		return this.client;
	}

	/**
	 * What is wrong with it.
	 * @return one line for each mistake
	 */
	public List<String> mistakes() {
		return this.mistakes;
	}

}
