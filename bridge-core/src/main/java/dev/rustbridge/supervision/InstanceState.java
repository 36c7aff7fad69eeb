package dev.rustbridge.supervision;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import dev.rustbridge.BridgeState;

import static dev.rustbridge.BridgeState.BACKING_OFF;
import static dev.rustbridge.BridgeState.DRAINING;
import static dev.rustbridge.BridgeState.FAILED;
import static dev.rustbridge.BridgeState.READY;
import static dev.rustbridge.BridgeState.STARTING;
import static dev.rustbridge.BridgeState.STOPPED;

/**
 * The state of an instance: read by anybody, changed by one method on the loop. A step
 * that is not in the table is a bug, and fails.
 */
final class InstanceState {

	/** All ways to a stop lead through DRAINING: something may be left to clear away. */
	private static final Map<BridgeState, Set<BridgeState>> LEGAL = new EnumMap<>(Map.of(STOPPED, EnumSet.of(STARTING), //
			STARTING, EnumSet.of(READY, BACKING_OFF, FAILED, DRAINING), //
			READY, EnumSet.of(STARTING, BACKING_OFF, FAILED, DRAINING), //
			BACKING_OFF, EnumSet.of(STARTING, DRAINING), //
			DRAINING, EnumSet.of(STOPPED), //
			FAILED, EnumSet.of(STARTING, DRAINING)));

	private volatile BridgeState current = STOPPED;

	BridgeState current() {
		return this.current;
	}

	/**
	 * Makes a step. On the loop.
	 * @param next the state to come
	 * @return the state before
	 * @throws IllegalStateException when there is no such step
	 */
	BridgeState transition(BridgeState next) {
		BridgeState before = this.current;
		if (!isLegal(before, next)) {
			throw new IllegalStateException("An instance cannot step from " + before + " to " + next);
		}
		this.current = next;
		return before;
	}

	static boolean isLegal(BridgeState from, BridgeState to) {
		return LEGAL.getOrDefault(from, Set.of()).contains(to);
	}

}
