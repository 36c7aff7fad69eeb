package dev.rustbridge.model;

import dev.rustbridge.model.HostCall.Kind;

/**
 * The steps in which the daemon does something, by its handlers or by mistake. Each
 * answers whether it could be done.
 */
final class DaemonSteps {

	private final Dice dice;

	private final SimulatedWorld world;

	private final Oracle oracle;

	private final SimulatedWire wire;

	private final LinkSteps link;

	private int asks;

	DaemonSteps(Dice dice, SimulatedWorld world, Oracle oracle, SimulatedWire wire, LinkSteps link) {
		this.dice = dice;
		this.world = world;
		this.oracle = oracle;
		this.wire = wire;
		this.link = link;
	}

	/** The handlers of the daemon do something. */
	boolean act() {
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon == null) {
			return false;
		}
		DaemonCall call = this.dice
			.oneOf(daemon.calls().values().stream().filter((live) -> live.state() == DaemonState.RUNNING).toList());
		if (call == null) {
			return false;
		}
		Kind kind = this.world.calls().onWire(call.id()).kind();
		int die = this.dice.below(30);
		if (die < 20 && kind.isStream()) {
			int chunk = this.dice.below(100);
			this.wire.act(daemon, call,
					Input.of(DaemonInput.CHUNK, (kind == Kind.RAW) ? "\"YWJj\"" : String.valueOf(chunk)));
		}
		else if (die < 24 && kind == Kind.UPLOAD) {
			this.wire.act(daemon, call, Input.of(DaemonInput.TAKE));
		}
		else if (die < 25 && call.allows(DaemonInput.ASK) && daemon.has(Capability.CALLS)) {
			this.asks++;
			this.wire.act(daemon, call, Input.of(DaemonInput.ASK, "d_" + this.asks));
		}
		else if (die < 28) {
			this.wire.act(daemon, call, Input.of(DaemonInput.RETURN, "{\"n\":7}"));
		}
		else {
			this.wire.act(daemon, call, Input.of(DaemonInput.FAIL, "NOT_FOUND"));
		}
		return true;
	}

	/** What a daemon may do by mistake. */
	boolean rogue() {
		SimulatedDaemon daemon = this.world.daemon();
		SimulatedCall call = this.dice.oneOf(
				this.world.calls().all().stream().filter((seen) -> seen.isSeen() && seen.daemon() == daemon).toList());
		if (daemon == null || call == null || daemon.has(Capability.BYTES)) {
			return false;
		}
		String id = "{\"id\":\"" + call.wireId() + "\",";
		switch (this.dice.below(5)) {
			case 0 -> {
				this.world.note("daemon: answers " + call.id() + " unasked");
				daemon.queue(id + "\"success\":true,\"result\":1}",
						() -> this.wire.arrive(call, Input.of(HostInput.RESULT, "1")));
			}
			case 1 -> {
				boolean counted = call.model().state() == HostState.STREAMING && daemon.has(Capability.CREDIT);
				if (counted && !isOverdrawn(daemon, call)) {
					return false;
				}
				this.world.note("daemon: sends a chunk of " + call.id() + " unasked");
				String value = (call.kind() == Kind.RAW) ? "\"abc\"" : "\"YWJj\"";
				daemon.queue(id + "\"stream\":true,\"data\":\"YWJj\"}",
						() -> this.wire.arrive(call, Input.of(HostInput.CHUNK, value)));
				if (counted) {
					// before its host lets more come
					this.link.deliver(Integer.MAX_VALUE);
				}
			}
			case 2 -> {
				this.world.note("daemon: breaks the protocol in " + call.id());
				daemon.queue(id + "\"answer\":42}",
						() -> this.wire.arrive(call, Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE)));
			}
			case 3 -> {
				this.world.note("daemon: makes noise");
				daemon.queue("starting up ...", this.oracle::expectNoise);
			}
			default -> {
				this.world.note("daemon: has an event");
				daemon.queue("{\"event\":\"e\"}", () -> {
				});
			}
		}
		return true;
	}

	/** Whether host and daemon agree that no chunk may come, with nothing on its way. */
	private boolean isOverdrawn(SimulatedDaemon daemon, SimulatedCall call) {
		return this.world.isRoomy() && !daemon.hasOutgoing() && !daemon.link().isPaused() && call.model().credit() == 0;
	}

}
