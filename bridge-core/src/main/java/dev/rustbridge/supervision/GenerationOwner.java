package dev.rustbridge.supervision;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.connection.LostConnection;

/**
 * Who a generation reports to. All methods are called on the loop, each of the last three
 * at most once, and only one of {@link #onStartFailed} and {@link #onLost}: before the
 * calls that were pending are ended, so that whoever hears of it finds a bridge that
 * knows.
 */
interface GenerationOwner {

	/**
	 * Its daemon told of something.
	 * @param generation which
	 * @param event of what
	 */
	void onEvent(Generation generation, BridgeEvent event);

	/**
	 * It was launched or connected.
	 * @param generation which
	 */
	void onOpened(Generation generation);

	/**
	 * It is ready and initialised.
	 * @param generation which
	 */
	void onServing(Generation generation);

	/**
	 * It did not come up, and nobody had asked it to stop.
	 * @param generation which
	 * @param failure why
	 */
	void onStartFailed(Generation generation, BridgeStartException failure);

	/**
	 * It had served, and ended without being asked to.
	 * @param generation which
	 * @param lost how
	 */
	void onLost(Generation generation, LostConnection lost);

}
