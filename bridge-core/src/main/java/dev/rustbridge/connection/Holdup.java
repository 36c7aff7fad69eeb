package dev.rustbridge.connection;

/**
 * Somebody who takes nothing more for now, and for whom a connection is therefore not
 * read on. All methods are called on the loop.
 */
public interface Holdup {

	/**
	 * Who it is, for the log.
	 * @return the beginning of a sentence
	 */
	String describe();

	/**
	 * It has held up the connection for too long: it ends, and the connection is read on.
	 * @param stallNanos how long, in nanoseconds
	 */
	void giveUp(long stallNanos);

}
