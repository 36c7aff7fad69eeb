package dev.rustbridge.engine;

import java.util.List;

import dev.rustbridge.BridgeState;
import dev.rustbridge.supervision.Instance;

/**
 * From which instances events are taken: from all, as each is a daemon of its own, or,
 * where all are connections to one daemon, which tells each of them the same, from one of
 * them. Confined to the loop.
 */
final class EventSource {

	private final List<Instance> instances;

	private final boolean oneDaemon;

	private int chosen;

	EventSource(List<Instance> instances, boolean oneDaemon) {
		this.instances = instances;
		this.oneDaemon = oneDaemon && instances.size() > 1;
	}

	boolean takes(int instance) {
		if (!this.oneDaemon || instance == this.chosen) {
			return true;
		}
		if (isThere(this.chosen)) {
			return false;
		}
		this.chosen = instance;
		return true;
	}

	private boolean isThere(int instance) {
		BridgeState state = this.instances.get(instance).state();
		return state == BridgeState.READY || state == BridgeState.STARTING;
	}

}
