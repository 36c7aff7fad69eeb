package dev.rustbridge.model;

import java.util.List;
import java.util.Set;

import dev.rustbridge.model.HostCall.Kind;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation of a host about one call of the application.
 */
final class CallTalk extends Conversation {

	private final HostCall call;

	private int chunks;

	private boolean blocked;

	private boolean over;

	CallTalk(Kind kind, Set<Capability> inForce) {
		super(inForce);
		this.call = new HostCall("@1", kind, inForce, kind.isStream() ? 1 : 0);
	}

	boolean block() {
		if (this.blocked || this.call.state() != HostState.NEW) {
			return false;
		}
		this.blocked = true;
		add(does("block"), new Effects(), "");
		return true;
	}

	boolean call() {
		if (!this.call.allows(HostInput.CALL)) {
			return false;
		}
		Effects effects = new Effects();
		String row = this.call.on(Input.of(HostInput.CALL), effects);
		if (!this.blocked && this.call.allows(HostInput.WRITTEN)) {
			row = write(effects);
		}
		ObjectNode step = does("call").put("id", "@1").put("kind", Table.word(this.call.kind()));
		if (this.call.kind().isStream()) {
			step.put("demand", 1);
		}
		add(step, effects, row);
		return true;
	}

	private String write(Effects effects) {
		String row = this.call.on(Input.of(HostInput.WRITTEN), effects);
		if (this.call.credit() != HostCall.UNLIMITED) {
			// some, and more than these conversations need
			this.call.granted(9);
		}
		return row;
	}

	boolean unblock() {
		if (!this.blocked || this.call.state() == HostState.NEW) {
			return false;
		}
		this.blocked = false;
		Effects effects = new Effects();
		String row = this.call.allows(HostInput.WRITTEN) ? write(effects) : "";
		add(does("unblock"), effects, row);
		return true;
	}

	/** A call that was not written has no id that a daemon could know. */
	private boolean isUnknown() {
		return this.blocked || this.over || this.call.state() == HostState.NEW
				|| this.steps().stream().noneMatch((step) -> step.has("out"));
	}

	boolean receive(String line, Input<HostInput> input, boolean onlyWhilePending) {
		boolean hopeless = onlyWhilePending && !this.call.state().isPending();
		if (isUnknown() || hopeless || !this.call.allows(input.kind())) {
			return false;
		}
		Effects effects = new Effects();
		String row = this.call.on(input, effects);
		if (input.kind() == HostInput.LOSS) {
			endConnection(effects);
		}
		add(line(line), effects, row);
		return true;
	}

	boolean chunk() {
		boolean raw = this.call.kind() == Kind.RAW;
		String data = raw ? "\"YWJj\"" : String.valueOf(this.chunks);
		return receive("{'id':'@1','stream':true,'data':" + data + "}", Input.of(HostInput.CHUNK, nextChunk()), false);
	}

	/** Numbers, so that none can be missing unseen; bytes are always the same. */
	private String nextChunk() {
		int number = this.chunks++;
		return (this.call.kind() == Kind.RAW) ? "\"abc\"" : String.valueOf(number);
	}

	boolean rawChunk() {
		boolean inForce = has(Capability.BYTES);
		return receive("{'id':'@1','stream':true,'bytes':3}" + (inForce ? "\nabc" : ""), inForce
				? Input.of(HostInput.RAW_CHUNK, "\"abc\"") : Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE),
				false);
	}

	/** The bytes themselves have come. */
	boolean rawChunkWithoutEnd() {
		if (!has(Capability.BYTES) || isUnknown() || !this.call.state().isPending()) {
			return false;
		}
		Effects effects = new Effects();
		this.call.on(Input.of(HostInput.RAW_CHUNK, "\"abc\""), effects);
		if (!this.call.state().isPending()) {
			return false;
		}
		String row = this.call.on(Input.violation(HostInput.LOSS, Verdict.BAD_BYTES), effects);
		endConnection(effects);
		add(line("{'id':'@1','stream':true,'bytes':3}\nabcd"), effects, row);
		return true;
	}

	/** How much credit there is, only the host knows. */
	boolean spend() {
		if (this.call.state() != HostState.STREAMING || this.call.credit() <= 0
				|| this.call.credit() == HostCall.UNLIMITED) {
			return false;
		}
		ObjectNode step = does("spend").put("id", "@1").put("from", this.chunks);
		Effects effects = new Effects();
		String row = "";
		while (this.call.credit() > 0) {
			row = this.call.on(Input.of(HostInput.CHUNK, nextChunk()), effects);
		}
		add(step, effects, row);
		return true;
	}

	boolean own(String name, Input<HostInput> input) {
		boolean source = input.kind() == HostInput.ITEM || input.kind() == HostInput.COMPLETE
				|| input.kind() == HostInput.FAILURE;
		if (this.over || (source && this.blocked) || !this.call.allows(input.kind())) {
			return false;
		}
		ObjectNode step = does(name).put("id", "@1");
		if (input.kind() == HostInput.ITEM) {
			step.put("value", Integer.parseInt(String.valueOf(input.value())));
		}
		Effects effects = new Effects();
		String row = this.call.on(input, effects);
		if (input.kind() == HostInput.LOSS) {
			endConnection(effects);
		}
		add(step, effects, row);
		return true;
	}

	private void endConnection(Effects effects) {
		this.over = true;
		effects.tell("connection", "ended");
	}

	@Override
	String situation() {
		return this.call.situation() + this.blocked + this.over + isUnknown();
	}

	@Override
	List<String> may() {
		return (this.call.kind().isStream() && has(Capability.CREDIT)) ? List.of("{'id':'@1','credit':'*'}")
				: List.of();
	}

}
