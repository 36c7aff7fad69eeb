package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model says to a sequence of moves, written down step by step.
 */
abstract class Conversation {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final Set<Capability> inForce;

	private final List<ObjectNode> steps = new ArrayList<>();

	private String lastRow = "";

	Conversation(Set<Capability> inForce) {
		this.inForce = inForce;
	}

	/** What tells this point of the conversation from others. */
	abstract String situation();

	/** Lines that may come at any time besides those that must. */
	abstract List<String> may();

	/** What was agreed on before it begins. */
	Set<Capability> inForce() {
		return this.inForce;
	}

	boolean has(Capability capability) {
		return this.inForce.contains(capability);
	}

	/** Begins a step that a side takes by itself. */
	ObjectNode does(String what) {
		return MAPPER.createObjectNode().put("do", what);
	}

	/** Begins a step of the other side. */
	ObjectNode line(String line) {
		return MAPPER.createObjectNode().put("in", line.replace('\'', '"'));
	}

	/** Ends a step. */
	void add(ObjectNode step, Effects effects, String row) {
		if (step.has("in")) {
			step.put("verdict", effects.verdict().name());
		}
		if (!effects.written().isEmpty()) {
			ArrayNode out = step.putArray("out");
			effects.written().forEach((line) -> out.add(MAPPER.readTree(line)));
		}
		if (!effects.told().isEmpty()) {
			ArrayNode told = step.putArray("told");
			effects.told().forEach(told::add);
		}
		this.steps.add(step);
		this.lastRow = row;
	}

	List<ObjectNode> steps() {
		return this.steps;
	}

	/** The row of a table that the last step was made by, empty for none. */
	String lastRow() {
		return this.lastRow;
	}

	static ObjectNode vector(String name, Conversation played) {
		ObjectNode vector = MAPPER.createObjectNode().put("name", name);
		ArrayNode capabilities = vector.putArray("capabilities");
		Capability.wireNames(played.inForce()).forEach(capabilities::add);
		if (!played.may().isEmpty()) {
			ArrayNode may = vector.putArray("may");
			played.may().forEach((line) -> may.add(MAPPER.readTree(line.replace('\'', '"'))));
		}
		ArrayNode steps = vector.putArray("steps");
		played.steps().forEach(steps::add);
		return vector;
	}

}
