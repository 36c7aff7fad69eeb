package dev.rustbridge.supervision;

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

	@Override
	public void stateChanged(BridgeStateChange change) {
		this.changes.add(change);
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
