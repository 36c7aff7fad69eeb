package dev.rustbridge.connection;

import java.io.IOException;

import dev.rustbridge.BridgeEvent;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after a connection. All methods are called on the loop.
 */
public interface ConnectionOwner {

	/**
	 * The daemon said that it can serve, and the handshake, if there is one, is on its
	 * way out.
	 * @param capabilities what is in force
	 */
	void onReady(Capabilities capabilities);

	/**
	 * The daemon has answered the handshake with an error.
	 * @param why for people
	 * @param cause the error
	 */
	void onRefused(String why, Throwable cause);

	/**
	 * The daemon and we cannot speak to each other.
	 * @param why for people
	 */
	void onIncompatible(String why);

	/**
	 * An event came; {@code ready} is one too, and comes before {@link #onReady}.
	 * @param event the event
	 */
	void onEvent(BridgeEvent event);

	/**
	 * The last heartbeat was answered.
	 */
	void onPong();

	/**
	 * Nothing more will be read.
	 * @param cause {@code null} for an orderly end
	 */
	void onInputEnd(@Nullable IOException cause);

	/**
	 * Nothing more can be written. What the daemon sent is still read.
	 * @param cause why
	 */
	void onOutputFailed(IOException cause);

	/**
	 * The bytes cannot be told apart any more: the connection must end.
	 * @param what for people
	 */
	void onBroken(String what);

	/**
	 * Every {@link Connection#TICK} while anything is pending.
	 */
	void onTick();

	/**
	 * The last call behind the closed door has ended.
	 */
	void onDrained();

}
