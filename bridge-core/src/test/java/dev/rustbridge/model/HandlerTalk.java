package dev.rustbridge.model;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation of a host about one call of the daemon.
 */
final class HandlerTalk extends Conversation {

	private final Answering call = new Answering("d_1");

	private boolean timed;

	private boolean over;

	HandlerTalk(Set<Capability> inForce) {
		super(inForce);
	}

	boolean receive(String line, Capability needed, Input<Answering.Event> input) {
		if (this.over) {
			return false;
		}
		Effects effects = new Effects();
		String row = "";
		if (has(Capability.CALLS) && has(needed)) {
			row = this.call.on(input, effects);
		}
		else {
			effects.judge(Verdict.UNKNOWN_SHAPE);
		}
		add(line(line), effects, row);
		return true;
	}

	boolean receiveTimed() {
		boolean opens = this.call.state() == Answering.State.ABSENT;
		if (!has(Capability.CALLS) || !opens
				|| !receive("{'id':'d_1','method':'authorize','params':{},'deadlineMs':5000}", Capability.CALLS,
						Input.of(Answering.Event.CALL))) {
			return false;
		}
		this.timed = true;
		return true;
	}

	boolean isTimed() {
		return this.timed;
	}

	boolean own(String name, Input<Answering.Event> input) {
		if (this.over || !this.call.allows(input.kind())) {
			return false;
		}
		Effects effects = new Effects();
		ObjectNode step = does(name).put("id", "d_1");
		if (input.value() != null) {
			step.put("value", input.value());
		}
		String row = this.call.on(input, effects);
		if (input.kind() == Answering.Event.LOSS) {
			this.over = true;
			effects.tell("connection", "ended");
		}
		add(step, effects, row);
		return true;
	}

	@Override
	String situation() {
		return this.call.state() + " " + this.timed + this.over;
	}

	@Override
	List<String> may() {
		return List.of();
	}

}
