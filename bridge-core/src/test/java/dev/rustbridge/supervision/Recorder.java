package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;

/**
 * Remembers the steps of a bridge.
 */
final class Recorder implements BridgeListener {

	private final List<BridgeStateChange> changes = new CopyOnWriteArrayList<>();

	private final List<Long> ready = new CopyOnWriteArrayList<>();

	@Override
	public void stateChanged(BridgeStateChange change) {
		this.changes.add(change);
	}

	@Override
	public void ready(int instance, long generation, Duration startUp) {
		if (startUp.isNegative() || startUp.isZero()) {
			throw new IllegalArgumentException("A start takes its time: " + startUp);
		}
		this.ready.add(generation);
	}

	/** The generations that took over, in their order. */
	List<Long> ready() {
		return this.ready;
	}

	List<BridgeStateChange> changes() {
		return this.changes;
	}

	List<BridgeState> states() {
		return this.changes.stream().map(BridgeStateChange::to).toList();
	}

	List<BridgeStateChange> to(BridgeState state) {
		return this.changes.stream().filter((change) -> change.to() == state).toList();
	}

}
