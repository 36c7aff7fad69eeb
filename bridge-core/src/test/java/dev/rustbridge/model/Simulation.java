package dev.rustbridge.model;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.VirtualBridge;

/**
 * The engine on virtual time against daemons that are the model, as a seed has it: after
 * each step it must have told and written what the model says, and nothing else.
 */
final class Simulation {

	/**
	 * By whether calls wait while unavailable, and whether there is next to no buffer.
	 */
	private static final List<BridgeOptions> OPTIONS = List.of(options(WhileUnavailable.FAIL, 4),
			options(WhileUnavailable.FAIL, 24), options(WhileUnavailable.WAIT, 4), options(WhileUnavailable.WAIT, 24));

	private final Dice dice;

	private final int steps;

	private final SimulatedWorld world;

	private final SimulatedWire wire;

	private final CallerSteps callers;

	private final LinkSteps link;

	private final DaemonSteps daemons;

	Simulation(long seed, int steps) {
		this.dice = new Dice(seed);
		this.steps = steps;
		Set<Capability> inForce = capabilities(this.dice);
		this.world = new SimulatedWorld(inForce, OPTIONS.get(this.dice.below(OPTIONS.size())));
		Oracle oracle = new Oracle(this.world);
		this.wire = new SimulatedWire(this.world, oracle);
		this.callers = new CallerSteps(this.dice, this.world, oracle);
		this.link = new LinkSteps(this.dice, this.world, oracle, this.wire);
		this.daemons = new DaemonSteps(this.dice, this.world, oracle, this.wire, this.link);
	}

	private static BridgeOptions options(WhileUnavailable whileUnavailable, long streamBuffer) {
		return VirtualBridge.options(RustBridge.builder("simulated")
			.binaryName("none")
			.startup(Startup.BACKGROUND)
			.whileUnavailable(whileUnavailable)
			.heartbeatInterval(Duration.ZERO)
			.maxMessageSize(1 << 20)
			.streamBuffer(streamBuffer)
			.streamStallTimeout(Duration.ofDays(1))
			.reconnectInitialDelay(Duration.ofMillis(2))
			.reconnectMaxDelay(Duration.ofMillis(20))
			.reconnectJitter(0));
	}

	private static Set<Capability> capabilities(Dice dice) {
		return switch (dice.below(4)) {
			case 0 -> Capability.none();
			case 1 -> Capability.all();
			default -> {
				Set<Capability> some = EnumSet.noneOf(Capability.class);
				for (Capability capability : Capability.values()) {
					if (dice.below(4) > 0) {
						some.add(capability);
					}
				}
				yield some;
			}
		};
	}

	/** Everything that was done, in order. */
	List<String> trace() {
		return this.world.trace().lines();
	}

	void run() {
		this.world.note("agreed: " + this.world.inForce() + ", "
				+ (this.world.callsWait() ? "calls wait" : "calls fail") + " while unavailable");
		this.world.bridge().start();
		for (int i = 0; i < this.steps; i++) {
			step();
		}
		finish();
	}

	// Its steps

	private void step() {
		this.world.beginStep();
		boolean done = false;
		while (!done) {
			done = tryOne(this.dice.below(1000));
		}
		this.wire.settle();
	}

	private boolean tryOne(int die) {
		if (die < 110) {
			return this.callers.call();
		}
		if (die < 190) {
			return this.callers.request();
		}
		if (die < 210) {
			return this.callers.cancel();
		}
		if (die < 290) {
			return this.callers.upload();
		}
		if (die < 560) {
			return this.daemons.act();
		}
		if (die < 840) {
			return this.link.deliver(1 + this.dice.below(this.dice.coin() ? 10 : 300));
		}
		if (die < 880) {
			return this.link.room();
		}
		if (die < 930) {
			return this.callers.answer();
		}
		if (die < 975) {
			return this.link.pass(1 + this.dice.below(20));
		}
		if (die < 982) {
			return this.link.die();
		}
		return this.daemons.rogue();
	}

	// Its end

	private void finish() {
		this.world.note("the end begins");
		// what was held up is written in the first round
		for (int round = 0; round < 300 && (round == 0 || !isQuiet()); round++) {
			this.world.beginStep();
			SimulatedDaemon daemon = this.world.daemon();
			if (daemon != null) {
				this.world.room(daemon, Integer.MAX_VALUE);
				this.wire.settle();
			}
			finishCallers();
			while (this.link.deliver(1 + this.dice.below(400))) {
				this.wire.settle();
			}
			finishDaemon();
			this.link.pass(5);
			this.wire.settle();
		}
		checkNothingIsLeft();
		SimulatedDaemon last = this.world.daemon();
		VirtualBridge bridge = this.world.bridge();
		bridge.stop();
		bridge.pass(1);
		Oracle.require(bridge.state() == BridgeState.STOPPED, "it does not stop");
		Oracle.require(last == null || last.link().isClosed(), "its link is open");
	}

	private void finishCallers() {
		for (SimulatedCall call : this.world.calls().open()) {
			if (call.kind().isStream()) {
				this.callers.request(call, 50);
				this.wire.settle();
			}
		}
		while (this.callers.answer()) {
			this.wire.settle();
		}
	}

	private void finishDaemon() {
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon == null) {
			return;
		}
		for (DaemonCall call : List.copyOf(daemon.calls().values())) {
			if (call.state() == DaemonState.RUNNING) {
				this.wire.act(daemon, call, Input.of(DaemonInput.RETURN, "1"));
			}
			else if (call.state() != DaemonState.ABSENT) {
				// its handler gives up what it waits for
				this.wire.act(daemon, call, Input.of(DaemonInput.EXPIRE));
			}
		}
	}

	private boolean isQuiet() {
		SimulatedDaemon daemon = this.world.daemon();
		boolean silent = daemon == null || (!daemon.hasOutgoing()
				&& daemon.calls().values().stream().allMatch((call) -> call.state() == DaemonState.ABSENT));
		return silent && this.world.calls().open().isEmpty() && this.world.bridge().unended() == 0
				&& this.world.handlers().isEmpty();
	}

	private void checkNothingIsLeft() {
		SimulatedDaemon daemon = this.world.daemon();
		List<SimulatedCall> open = this.world.calls().open();
		int unended = this.world.bridge().unended();
		int started = this.world.started();
		int ended = this.world.ended();
		Oracle.require(open.isEmpty(), "calls that have not ended: " + open);
		Oracle.require(unended == 0, unended + " calls are pending");
		Oracle.require(!this.world.bridge().isBusy(), "calls are abandoned that the daemon has answered");
		Oracle.require(daemon == null || daemon.expectsNothing(), "not everything was written");
		Oracle.require(started == ended, started + " calls have begun, " + ended + " ended");
		Oracle.require(this.world.handlers().isEmpty(), "handlers are at work");
	}

}
