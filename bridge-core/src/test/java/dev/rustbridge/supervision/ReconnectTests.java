package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a lost daemon is started again: each option by itself, on virtual time.
 */
class ReconnectTests {

	private InstanceHarness harness;

	private void open(Function<RustBridge.Builder, RustBridge.Builder> options) {
		this.harness = new InstanceHarness(InstanceHarness
			.options((builder) -> options.apply(builder.startup(Startup.BACKGROUND).reconnectJitter(0))));
	}

	private void serve() {
		this.harness.start();
		this.harness.launch();
		this.harness.sayReady();
		assertThat(state()).isEqualTo(BridgeState.READY);
	}

	private BridgeState state() {
		return this.harness.instance.state();
	}

	/** Serves and dies so often, and tells the delays that followed. */
	private List<Duration> crash(int times) {
		serve();
		for (int i = 0; i < times; i++) {
			this.harness.die();
			if (state() != BridgeState.BACKING_OFF) {
				break;
			}
			this.harness.pass(31);
			this.harness.launch();
			this.harness.sayReady();
		}
		return delays();
	}

	private List<Duration> delays() {
		return this.harness.changes.stream()
			.filter((change) -> change.to() == BridgeState.BACKING_OFF)
			.map(BridgeStateChange::retryIn)
			.toList();
	}

	private static Duration ms(long millis) {
		return Duration.ofMillis(millis);
	}

	@Test
	void delaysGrowByTheMultiplierUpToMaxDelay() {
		open((builder) -> builder.reconnectInitialDelay(ms(100)).reconnectMultiplier(3).reconnectMaxDelay(ms(500)));
		assertThat(crash(4)).containsExactly(ms(100), ms(300), ms(500), ms(500));
	}

	@Test
	void aRowOfCrashesIsACrashLoopAndTriedAtMaxDelay() {
		open((builder) -> builder);
		assertThat(crash(5)).containsExactly(ms(100), ms(200), ms(400), ms(800), ms(30_000));
		assertThat(this.harness.instance.history().crashLoop()).isTrue();
		assertThat(this.harness.instance.story()).startsWith("crash loop: generation 1")
			.contains("generation 5", "exit value 1", "last words");
	}

	@Test
	void jitterSpreadsTheDelays() {
		BackoffDelays low = new BackoffDelays(0.5, 0);
		BackoffDelays high = new BackoffDelays(0.5, 1);
		assertThat(low.first()).isEqualTo(ms(50));
		assertThat(high.first()).isEqualTo(ms(150));
	}

	@Test
	void whenMaxAttemptsAreUsedUpItHasFailedUntilItIsStarted() {
		open((builder) -> builder.reconnectMaxAttempts(2));
		assertThat(crash(5)).hasSize(2);
		assertThat(state()).isEqualTo(BridgeState.FAILED);
		this.harness.pass(3600);
		assertThat(this.harness.waitingLaunches()).isZero();
		serve();
		assertThat(this.harness.instance.history().failures()).isEmpty();
	}

	@Test
	void whenReconnectIsDisabledTheFirstLossIsTheEnd() {
		open((builder) -> builder.reconnectEnabled(false));
		assertThat(crash(1)).isEmpty();
		assertThat(state()).isEqualTo(BridgeState.FAILED);
	}

	@Test
	void aHealthyTimeEndsTheRow() {
		open((builder) -> builder.reconnectResetAfter(Duration.ofSeconds(60)));
		crash(5);
		assertThat(this.harness.instance.history().crashLoop()).isTrue();
		this.harness.pass(61);
		assertThat(this.harness.instance.history().crashLoop()).isFalse();
		this.harness.die();
		assertThat(delays()).last().isEqualTo(ms(100));
	}

	@Test
	void theStartThatFailsForGoodTellsOfAllAttempts() {
		open((builder) -> builder.reconnectMaxAttempts(2));
		this.harness.start();
		for (int i = 0; i < 3; i++) {
			this.harness.launch();
			this.harness.die();
			if (i == 1) {
				this.harness.start();
			}
			this.harness.pass(31);
		}
		assertThat(state()).isEqualTo(BridgeState.FAILED);
		assertThat(this.harness.requests.get(1)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(BridgeStartException.class, (failure) -> assertThat(failure.tried()).hasSize(3)
				.allMatch((line) -> line.contains("exit value 1") && line.contains("last words")));
	}

	@Test
	void aRequiredDaemonIsWaitedForOnlyAsLongAsForReady() {
		this.harness = new InstanceHarness(
				InstanceHarness.options((builder) -> builder.readyTimeout(Duration.ofSeconds(2))));
		this.harness.start();
		for (int second = 0; second < 3 && state() != BridgeState.FAILED; second++) {
			while (this.harness.waitingLaunches() > 0) {
				this.harness.refuseLaunch();
			}
			this.harness.pass(1);
		}
		while (this.harness.waitingLaunches() > 0) {
			this.harness.refuseLaunch();
		}
		assertThat(state()).isEqualTo(BridgeState.FAILED);
		assertThat(this.harness.requests.get(0)).isCompletedExceptionally();
	}

	@Test
	void anExitWithoutAFaultIsACrashAsWellAndSaysSo() {
		open((builder) -> builder);
		serve();
		this.harness.loop.execute(() -> this.harness.daemons.get(0).die(0));
		this.harness.loop.run();
		assertThat(state()).isEqualTo(BridgeState.BACKING_OFF);
		assertThat(this.harness.instance.story()).contains("exit value 0", "nobody had asked it to");
	}

	@Test
	void anExitThatIsCertainToComeIsWaitedForSoThatItsValueIsTold() {
		open((builder) -> builder);
		serve();
		FakeDaemon daemon = this.harness.daemons.get(0);
		onLoop(daemon::beginToExit);
		pass(ms(900));
		assertThat(state()).isEqualTo(BridgeState.READY);
		assertThat(this.harness.instance.active().isOpen()).isFalse();
		onLoop(() -> daemon.die(7));
		pass(ms(2));
		assertThat(state()).isEqualTo(BridgeState.BACKING_OFF);
		assertThat(this.harness.instance.story()).contains("exit value 7");
	}

	@Test
	void anExitThatDoesNotComeIsNotWaitedForWithoutALimit() {
		open((builder) -> builder);
		serve();
		onLoop(this.harness.daemons.get(0)::beginToExit);
		pass(ms(1002));
		assertThat(state()).isEqualTo(BridgeState.BACKING_OFF);
	}

	@Test
	void aDaemonThatOnlyClosedItsOutputIsGivenUpWithinTheTimeThatIsPromised() {
		open((builder) -> builder);
		serve();
		onLoop(this.harness.daemons.get(0)::closeOutput);
		pass(ms(29));
		assertThat(state()).isEqualTo(BridgeState.READY);
		pass(ms(2));
		assertThat(state()).isEqualTo(BridgeState.BACKING_OFF);
		assertThat(this.harness.instance.story()).contains("closed its output");
	}

	private void onLoop(Runnable task) {
		this.harness.loop.execute(task);
		this.harness.loop.run();
	}

	private void pass(Duration time) {
		this.harness.loop.advance(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Test
	void theDaemonThatIsLostDuringItsReplacementIsFollowedByThatOne() {
		open((builder) -> builder);
		serve();
		this.harness.restart();
		this.harness.launch();
		this.harness.loop.execute(() -> this.harness.daemons.get(0).die(1));
		this.harness.loop.run();
		assertThat(state()).isEqualTo(BridgeState.STARTING);
		this.harness.sayReady();
		assertThat(state()).isEqualTo(BridgeState.READY);
		assertThat(this.harness.requests)
			.allMatch((request) -> request.isDone() && !request.isCompletedExceptionally());
	}

	@Test
	void aReplacementThatDoesNotComeUpLeavesTheOldOne() {
		open((builder) -> builder);
		serve();
		this.harness.restart();
		this.harness.launch();
		FakeDaemon successor = this.harness.daemons.get(1);
		this.harness.loop.execute(() -> successor.die(1));
		this.harness.loop.run();
		assertThat(state()).isEqualTo(BridgeState.READY);
		assertThat(this.harness.daemons.get(0).isListening()).isTrue();
		assertThat(this.harness.requests.get(1)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("exit value 1");
	}

	@Test
	void anInitializerThatFailsIsAFailedStart() {
		this.harness = new InstanceHarness(InstanceHarness.options((builder) -> builder.startup(Startup.BACKGROUND)),
				List.of((session) -> Mono.error(new IllegalStateException("no licence"))));
		this.harness.start();
		this.harness.launch();
		this.harness.sayReady();
		assertThat(state()).isEqualTo(BridgeState.BACKING_OFF);
		assertThat(this.harness.requests.get(0)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("no licence");
	}

	@Test
	void initializersHaveReadyTimeoutToComplete() {
		this.harness = new InstanceHarness(InstanceHarness.options((builder) -> builder.startup(Startup.BACKGROUND)),
				List.of((session) -> Mono.never()));
		this.harness.start();
		this.harness.launch();
		this.harness.sayReady();
		this.harness.pass(9);
		assertThat(state()).isEqualTo(BridgeState.STARTING);
		this.harness.pass(2);
		assertThat(this.harness.requests.get(0)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("initializers did not complete within 10s");
	}

	/**
	 * A backoff whose chance is fixed.
	 */
	private record BackoffDelays(double jitter, double chance) {

		Duration first() {
			return new Backoff(InstanceHarness.options((builder) -> builder.reconnectJitter(this.jitter)).reconnect(),
					() -> this.chance)
				.failed(false);
		}

	}

}
