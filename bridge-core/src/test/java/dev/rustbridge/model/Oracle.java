package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeState;
import dev.rustbridge.model.HostCall.Kind;

/**
 * What the model says the engine has to do, against what it does: it knows what is to be
 * told and written after each input.
 */
final class Oracle {

	/** What the host may let come beyond what its caller wants. */
	private static final long PREFETCH = 32;

	private final SimulatedWorld world;

	/** What is to be told in this step. */
	private final List<String> told = new ArrayList<>();

	/** What is to be found wrong in this step. */
	private final List<Verdict> violations = new ArrayList<>();

	Oracle(SimulatedWorld world) {
		this.world = world;
	}

	// What the model says

	void apply(SimulatedCall call, Input<HostInput> input) {
		if (!call.isSeen()) {
			return;
		}
		HostCall model = call.model();
		if (!model.allows(input.kind())) {
			if (input.kind().isLine()) {
				throw new AssertionError("The model says nothing to " + input + " for " + model);
			}
			return;
		}
		Effects effects = new Effects();
		model.on(input, effects);
		if (effects.verdict() != Verdict.ACCEPTED) {
			this.violations.add(effects.verdict());
		}
		SimulatedDaemon daemon = call.daemon();
		if (daemon != null && !daemon.isDead() && input.kind() != HostInput.LOSS) {
			daemon.expect(call.wireId(), effects.written());
		}
		for (String signal : effects.told()) {
			this.told.add(signal);
			if (call.refills() && signal.startsWith(call.id() + " chunk")) {
				apply(call, Input.of(HostInput.REQUEST, 1));
			}
		}
	}

	void apply(Answering asked, Input<Answering.Event> input) {
		if (!asked.allows(input.kind())) {
			return;
		}
		Effects effects = new Effects();
		asked.on(input, effects);
		this.told.addAll(effects.told());
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon != null) {
			daemon.expect(asked.id(), effects.written());
		}
	}

	/** Its daemon has died. */
	void lose(SimulatedCall call) {
		if (!call.model().state().isPending() || !call.mayBeSentAgain()) {
			apply(call, Input.of(HostInput.LOSS));
			return;
		}
		if (call.model().state() == HostState.UPLOADING) {
			this.told.add(call.id() + " source cancelled");
		}
		call.unsee();
	}

	/** It was given up on its way, and its source was told then. */
	void abandon(SimulatedCall call) {
		apply(call, Input.of(HostInput.CANCEL));
		this.told.remove(call.id() + " source cancelled");
	}

	void expectNoise() {
		this.violations.add(Verdict.NOISE);
	}

	// What the engine did

	/** Compares what came of a step with what the model says. */
	void check() {
		checkTold();
		checkViolations();
		require(this.world.started() >= this.world.ended(), "no call ends that has not begun");
		if (this.world.isRoomy()) {
			this.world.calls().all().forEach(this::checkStall);
		}
	}

	private void checkTold() {
		List<String> signals = this.world.signals().take();
		signals.forEach((signal) -> this.world.note("    told " + signal));
		Map<String, List<String>> actually = byWhom(signals);
		Map<String, List<String>> predictedly = byWhom(this.told);
		Set<String> whom = new LinkedHashSet<>(actually.keySet());
		whom.addAll(predictedly.keySet());
		for (String id : whom) {
			checkTold(id, actually.getOrDefault(id, List.of()), predictedly.getOrDefault(id, List.of()));
		}
		for (SimulatedCall call : this.world.calls().all()) {
			boolean late = !call.isSeen() && !call.hasEnded() && !call.kind().isStream()
					&& call.isOver(this.world.now());
			require(!late, call + " was not told that its time is over");
		}
		this.told.clear();
	}

	private void checkTold(String id, List<String> actual, List<String> predicted) {
		if (actual.equals(predicted)) {
			return;
		}
		require(id.startsWith("c"), id + " was told " + actual + ", not " + predicted);
		SimulatedCall call = this.world.calls().get(Integer.parseInt(id.substring(1)));
		List<String> extra = new ArrayList<>(actual);
		predicted.forEach(extra::remove);
		require(!call.isSeen() && extra.stream().allMatch((signal) -> mayBeTold(call, signal)), call + " was told "
				+ actual + ", not " + predicted + "; " + (call.isSeen() ? call.model() : "not seen on the wire"));
	}

	/** Only its host knows how far a call is that was not seen on the wire. */
	private boolean mayBeTold(SimulatedCall call, String signal) {
		String what = signal.substring(signal.indexOf(' ') + 1);
		boolean death = this.world.hasSeenDeath();
		return switch (what) {
			case "error TIMEOUT" -> call.isOver(this.world.now());
			case "error UNAVAILABLE" ->
				!this.world.callsWait() && (death || this.world.bridge().state() != BridgeState.READY);
			case "error LOST" -> death || call.wasSentBefore();
			case "source cancelled" -> call.kind() == Kind.UPLOAD;
			case "error PROTOCOL" -> call.kind() == Kind.UPLOAD && !this.world.has(Capability.UPLOAD);
			default -> false;
		};
	}

	private static Map<String, List<String>> byWhom(List<String> signals) {
		return signals.stream().collect(Collectors.groupingBy((signal) -> signal.substring(0, signal.indexOf(' '))));
	}

	private void checkViolations() {
		List<Verdict> found = this.world.takeViolations();
		require(found.equals(this.violations), "violations are " + found + ", not " + this.violations);
		this.violations.clear();
	}

	/** Who wants chunks has let some come, or the stream would never go on. */
	private void checkStall(SimulatedCall call) {
		if (call.isSeen() && call.model().state() == HostState.STREAMING) {
			HostCall model = call.model();
			require(model.demand() == 0 || model.credit() > 0, "no credit for " + call + ": " + model);
		}
	}

	/** How much credit it grants is the engine's affair, up to a limit. */
	void checkCredit(SimulatedCall call) {
		HostCall model = call.model();
		boolean limited = model.demand() != HostCall.UNLIMITED && call.kind().isStream()
				&& this.world.has(Capability.CREDIT);
		require(!limited || model.credit() + model.held() <= model.demand() + PREFETCH,
				"more credit than " + call + " has demand: " + model);
	}

	static void require(boolean holds, String what) {
		if (!holds) {
			throw new AssertionError(what);
		}
	}

}
