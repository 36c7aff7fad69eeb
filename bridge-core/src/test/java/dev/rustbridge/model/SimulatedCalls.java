package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of a simulation, by their numbers and by their ids on the wire.
 */
final class SimulatedCalls {

	private final List<SimulatedCall> all = new ArrayList<>();

	private final Map<String, SimulatedCall> byWireId = new HashMap<>();

	void add(SimulatedCall call) {
		this.all.add(call);
	}

	/** Its command was seen on the wire, with this id. */
	void seen(SimulatedCall call, String wireId) {
		this.byWireId.put(wireId, call);
	}

	List<SimulatedCall> all() {
		return this.all;
	}

	List<SimulatedCall> open() {
		return this.all.stream().filter((call) -> !call.hasEnded()).toList();
	}

	SimulatedCall get(int number) {
		return this.all.get(number);
	}

	SimulatedCall onWire(String wireId) {
		SimulatedCall call = this.byWireId.get(wireId);
		if (call == null) {
			throw new AssertionError("No call has the id " + wireId);
		}
		return call;
	}

	/** What the model calls it: only ids of the host are others than its own. */
	String nameOf(String wireId) {
		SimulatedCall call = this.byWireId.get(wireId);
		return (call != null) ? call.id() : wireId;
	}

}
