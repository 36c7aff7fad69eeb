package dev.rustbridge.supervision;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import dev.rustbridge.BridgeState;

/**
 * The state of an instance: read by anybody, changed by one method on the loop. A step
 * that is not in the table is a bug, and fails.
 */
final class InstanceState {

	private static final Map<BridgeState, Set<BridgeState>> LEGAL = new EnumMap<>(BridgeState.class);

	static {
		LEGAL.put(BridgeState.STOPPED, EnumSet.of(BridgeState.STARTING));
		LEGAL.put(BridgeState.STARTING, EnumSet.of(BridgeState.READY, BridgeState.BACKING_OFF, BridgeState.FAILED,
				BridgeState.DRAINING, BridgeState.STOPPED));
		LEGAL.put(BridgeState.READY,
				EnumSet.of(BridgeState.STARTING, BridgeState.BACKING_OFF, BridgeState.FAILED, BridgeState.DRAINING));
		LEGAL.put(BridgeState.BACKING_OFF,
				EnumSet.of(BridgeState.STARTING, BridgeState.FAILED, BridgeState.DRAINING, BridgeState.STOPPED));
		LEGAL.put(BridgeState.DRAINING, EnumSet.of(BridgeState.STOPPED));
		LEGAL.put(BridgeState.FAILED, EnumSet.of(BridgeState.STARTING, BridgeState.DRAINING, BridgeState.STOPPED));
	}

	private volatile BridgeState current = BridgeState.STOPPED;

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
