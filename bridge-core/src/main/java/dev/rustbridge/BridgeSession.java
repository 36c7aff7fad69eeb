package dev.rustbridge;

/**
 * One generation of a daemon, as an initializer sees it: what is sent here goes to this
 * generation and no other, ahead of all waiting commands.
 */
public interface BridgeSession {

	/**
	 * The bridge's name.
	 * @return the name
	 */
	String bridge();

	/**
	 * Which instance of the pool this is, from 0.
	 * @return the index
	 */
	int instance();

	/**
	 * Which generation of that instance this is, from 1.
	 * @return the number
	 */
	long generation();

	/**
	 * Begins a command to this generation.
	 * @param method the method
	 * @return the command
	 */
	CommandSpec command(String method);

}
