package dev.rustbridge.supervision;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.RestartMode;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every sequence of what can happen to an instance, up to a length of six: each makes
 * only legal steps, keeps what holds in every state, and ends in a stop that leaves
 * nothing.
 */
class InstanceModelTests {

	private static final int DEPTH = 6;

	private final Set<BridgeState> seen = EnumSet.noneOf(BridgeState.class);

	/** As the design has it, written down apart from the code. */
	private static final Map<BridgeState, Set<BridgeState>> LEGAL = Map.of( //
			BridgeState.STOPPED, Set.of(BridgeState.STARTING), //
			BridgeState.STARTING,
			Set.of(BridgeState.READY, BridgeState.BACKING_OFF, BridgeState.FAILED, BridgeState.DRAINING), //
			BridgeState.READY,
			Set.of(BridgeState.STARTING, BridgeState.BACKING_OFF, BridgeState.FAILED, BridgeState.DRAINING), //
			BridgeState.BACKING_OFF, Set.of(BridgeState.STARTING, BridgeState.DRAINING), //
			BridgeState.DRAINING, Set.of(BridgeState.STOPPED), //
			BridgeState.FAILED, Set.of(BridgeState.STARTING, BridgeState.DRAINING));

	@ParameterizedTest
	@CsvSource({ "BACKGROUND, OVERLAP, 1", "BACKGROUND, SEQUENTIAL, 1", "REQUIRED, OVERLAP, ",
			"REQUIRED, SEQUENTIAL, " })
	void everySequenceIsLegalAndLeavesNothing(Startup startup, RestartMode mode, Integer maxAttempts) {
		BridgeOptions options = InstanceHarness
			.options((builder) -> builder.startup(startup).restartMode(mode).reconnectMaxAttempts(maxAttempts));
		this.seen.clear();
		explore(options, List.of());
		assertThat(this.seen).as("states that were reached").containsExactlyInAnyOrder(BridgeState.values());
	}

	private void explore(BridgeOptions options, List<Stimulus> sequence) {
		if (!play(options, sequence) || sequence.size() == DEPTH) {
			return;
		}
		for (Stimulus next : Stimulus.values()) {
			List<Stimulus> longer = new ArrayList<>(sequence);
			longer.add(next);
			explore(options, longer);
		}
	}

	/** Whether its last step could be made: else it is no other than a shorter one. */
	private boolean play(BridgeOptions options, List<Stimulus> sequence) {
		InstanceHarness harness = new InstanceHarness(options);
		try {
			boolean possible = true;
			for (Stimulus stimulus : sequence) {
				possible = stimulus.possible.test(harness);
				stimulus.step.accept(harness);
				checkInvariants(harness);
			}
			if (possible) {
				checkSteps(harness.changes);
				checkStop(harness);
			}
			return possible;
		}
		catch (AssertionError | RuntimeException ex) {
			throw new AssertionError("after " + sequence + ", " + harness.changes, ex);
		}
	}

	private void checkSteps(List<BridgeStateChange> changes) {
		BridgeState at = BridgeState.STOPPED;
		for (BridgeStateChange change : changes) {
			require(change.from() == at, "the steps join");
			require(LEGAL.getOrDefault(at, Set.of()).contains(change.to()), "legal");
			at = change.to();
			this.seen.add(at);
		}
	}

	private void checkInvariants(InstanceHarness harness) {
		Instance instance = harness.instance;
		long serving = harness.daemons.stream()
			.filter((daemon) -> daemon.isListening() && daemon.hasSaidReady())
			.count();
		if (instance.active() != null) {
			require(instance.state() == BridgeState.READY, "only READY takes commands");
			require(serving >= 1, "what takes commands is alive");
		}
		if (instance.state() == BridgeState.STOPPED) {
			require(harness.daemons.stream().allMatch(FakeDaemon::isClosed), "STOPPED leaves nothing");
			require(harness.daemons.stream().noneMatch(FakeDaemon::isAlive), "STOPPED leaves no process");
		}
		for (CompletableFuture<Void> request : harness.requests) {
			require(!(failure(request) instanceof IllegalStateException), "no illegal step is tried");
		}
		if (instance.state() == BridgeState.STOPPED || instance.state() == BridgeState.FAILED) {
			require(harness.requests.stream().allMatch(CompletableFuture::isDone), "nobody waits for nothing");
		}
	}

	private void checkStop(InstanceHarness harness) {
		harness.stop();
		while (harness.waitingLaunches() > 0) {
			harness.launch();
		}
		harness.pass(60);
		require(harness.instance.state() == BridgeState.STOPPED, "it stops");
		require(harness.instance.inFlight() == 0, "nothing is pending");
		checkInvariants(harness);
		int launched = harness.daemons.size();
		harness.pass(3600);
		require(harness.waitingLaunches() == 0 && harness.daemons.size() == launched, "STOPPED is final");
	}

	private static @Nullable Throwable failure(CompletableFuture<Void> request) {
		if (!request.isCompletedExceptionally()) {
			return null;
		}
		try {
			request.join();
			return null;
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

	/** So many sequences: an assertion object for each step would take minutes. */
	private static void require(boolean holds, String what) {
		if (!holds) {
			assertThat(holds).as(what).isTrue();
		}
	}

	/**
	 * What can happen.
	 */
	private enum Stimulus {

		START((harness) -> true, InstanceHarness::start),

		STOP((harness) -> true, InstanceHarness::stop),

		RESTART((harness) -> true, InstanceHarness::restart),

		LAUNCHED((harness) -> harness.waitingLaunches() > 0, InstanceHarness::launch),

		NOT_LAUNCHED((harness) -> harness.waitingLaunches() > 0, InstanceHarness::refuseLaunch),

		READY((harness) -> harness.newest(false) != null, InstanceHarness::sayReady),

		DEATH((harness) -> harness.newest(true) != null || harness.newest(false) != null, InstanceHarness::die),

		TIME((harness) -> true, (harness) -> harness.pass(11));

		private final Predicate<InstanceHarness> possible;

		private final Consumer<InstanceHarness> step;

		Stimulus(Predicate<InstanceHarness> possible, Consumer<InstanceHarness> step) {
			this.possible = possible;
			this.step = step;
		}

	}

}
