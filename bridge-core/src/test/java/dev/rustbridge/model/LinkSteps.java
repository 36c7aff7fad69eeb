package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps in which time passes, or something happens to the link between engine and
 * daemon. Each answers whether it could be done.
 */
final class LinkSteps {

	private final Dice dice;

	private final SimulatedWorld world;

	private final Oracle oracle;

	private final SimulatedWire wire;

	LinkSteps(Dice dice, SimulatedWorld world, Oracle oracle, SimulatedWire wire) {
		this.dice = dice;
		this.world = world;
		this.oracle = oracle;
		this.wire = wire;
	}

	boolean pass(long millis) {
		this.world.note("pass " + millis + " ms");
		this.world.bridge().pass(millis * 1_000_000);
		long now = this.world.now();
		SimulatedDaemon daemon = this.world.daemon();
		boolean held = daemon != null && daemon.link().isPaused();
		for (SimulatedCall call : this.world.calls().all()) {
			if (call.isSeen() && call.model().state().isPending() && call.isOver(now)
					&& !(held && call.kind().isStream())) {
				this.oracle.apply(call, Input.of(HostInput.EXPIRE));
			}
		}
		if (daemon != null) {
			daemon.asked().forEach((id, asked) -> {
				if (asked.state() == Answering.State.OPEN && daemon.isOver(id, now)) {
					this.oracle.apply(asked, Input.of(Answering.Event.EXPIRE));
				}
			});
		}
		return true;
	}

	boolean room() {
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon == null) {
			return false;
		}
		int bytes = this.dice.coin() ? Integer.MAX_VALUE : this.dice.below(200);
		this.world.note("room for " + bytes);
		this.world.room(daemon, bytes);
		return true;
	}

	boolean deliver(int most) {
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon == null || !daemon.hasOutgoing() || daemon.link().isPaused()) {
			return false;
		}
		List<Runnable> arrivals = new ArrayList<>();
		byte[] bytes = daemon.take(most, arrivals);
		this.world.note("deliver " + bytes.length + " bytes, " + arrivals.size() + " lines");
		this.world.bridge().run(() -> daemon.link().deliver(bytes));
		arrivals.forEach(Runnable::run);
		return true;
	}

	boolean die() {
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon == null) {
			return false;
		}
		if (!daemon.link().isPaused() && this.dice.coin()) {
			deliver(this.dice.below(500));
			this.wire.settle();
		}
		this.world.note("daemon " + daemon.number() + " dies");
		this.world.lose(daemon);
		for (SimulatedCall call : this.world.calls().all()) {
			if (call.daemon() == daemon) {
				this.oracle.lose(call);
			}
		}
		daemon.asked().values().forEach((asked) -> this.oracle.apply(asked, Input.of(Answering.Event.LOSS)));
		this.world.handlers().clear();
		daemon.die();
		return true;
	}

}
