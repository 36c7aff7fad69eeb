package dev.rustbridge.connection;

/**
 * Where a call waits while no connection can take it.
 */
public interface WaitingRoom {

	/**
	 * A call that waited has ended, or has left for a connection. Called exactly once for
	 * each call that came in, on any thread.
	 * @param call the call
	 */
	void left(Call call);

	/**
	 * What those who wait are waiting for, for people. On the loop.
	 * @return the end of a sentence
	 */
	String story();

}
