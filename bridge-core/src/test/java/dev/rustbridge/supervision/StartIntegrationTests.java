package dev.rustbridge.supervision;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * How a bridge starts, and what becomes of calls meanwhile.
 */
class StartIntegrationTests extends BridgeFixture {

	private BridgeStartException startFailure() {
		long before = System.nanoTime();
		Throwable failure = catchThrowable(() -> this.bridge.start().block(LIMIT));
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
		assertThat(failure).isInstanceOf(BridgeStartException.class);
		return (BridgeStartException) failure;
	}

	private String echo() {
		return this.bridge.command("echo").params("x").retrieveMono(String.class).block(LIMIT);
	}

	@Test
	void whenTheDaemonExitsBeforeReadyTheStartFailsAtOnceWithItsLastWords() {
		open(Daemons.chaosBridge("--stderr", "ERROR no config found", "--die-at", "start", "--die-how", "exit:3"));
		BridgeStartException failure = startFailure();
		assertThat(failure.reason()).isEqualTo(Reason.EXITED_BEFORE_READY);
		assertThat(failure).hasMessageContaining("exit value 3").hasMessageContaining("no config found");
		assertThat(failure.stderrTail()).containsExactly("ERROR no config found");
		assertThat(this.bridge.state()).isEqualTo(BridgeState.FAILED);
	}

	@Test
	void aRequiredBinaryThatIsMissingFailsAtOnce() {
		open(RustBridge.builder("chaos").binaryPath(Path.of("/nowhere/daemon")));
		assertThat(startFailure().reason()).isEqualTo(Reason.BINARY_NOT_FOUND);
		assertThat(this.recorder.states()).containsExactly(BridgeState.STARTING, BridgeState.FAILED);
	}

	@Test
	void aDaemonThatNeverSaysReadyFailsAfterReadyTimeout() {
		open(Daemons.chaosBridge("--never-ready").readyTimeout(Duration.ofMillis(300)));
		BridgeStartException failure = startFailure();
		assertThat(failure.reason()).isEqualTo(Reason.READY_TIMEOUT);
		assertThat(failure).hasMessageContaining("'ready'").hasMessageContaining("300ms");
	}

	@Test
	void anExitBeforeReadyIsNoticedThoughAGrandchildHoldsStdout() {
		open(Daemons.chaosBridge("--grandchild", "60", "--die-at", "start"));
		assertThat(startFailure().reason()).isEqualTo(Reason.EXITED_BEFORE_READY);
	}

	@Test
	void aDaemonMaySayReadyLateByAnotherNameAndAfterNoise() {
		open(Daemons.chaosBridge("--ready-event", "up", "--ready-delay", "200", "--before-ready", "Starting...")
			.readyEvent("up"));
		this.bridge.start().block(LIMIT);
		assertThat(echo()).isEqualTo("x");
	}

	@Test
	void eventsInTheSegmentOfReadyReachSubscribersThatWereThereBefore() {
		open(Daemons.chaosBridge("--before-ready", "{\"event\":\"first\"}", "--after-ready", "{\"event\":\"last\"}"));
		CompletableFuture<List<String>> names = this.bridge.events()
			.map(BridgeEvent::name)
			.take(3)
			.collectList()
			.toFuture();
		this.bridge.start().block(LIMIT);
		assertThat(names).succeedsWithin(LIMIT).isEqualTo(List.of("first", "ready", "last"));
	}

	@Test
	void startIsIdempotent() {
		open(Daemons.chaosBridge());
		this.bridge.start().and(this.bridge.start()).block(LIMIT);
		this.bridge.start().block(LIMIT);
		assertThat(this.recorder.states()).containsExactly(BridgeState.STARTING, BridgeState.READY);
	}

	@Test
	void inTheBackgroundAttemptsGoOnAfterTheFirstHasFailed() {
		open(Daemons.chaosBridge("--die-at", "start")
			.startup(Startup.BACKGROUND)
			.reconnectInitialDelay(Duration.ofMillis(20)));
		assertThat(startFailure().reason()).isEqualTo(Reason.EXITED_BEFORE_READY);
		await().until(() -> this.recorder.to(BridgeState.STARTING).size() >= 3);
	}

	@Test
	void aLazyDaemonIsStartedByTheFirstCall() {
		open(Daemons.chaosBridge().startup(Startup.LAZY));
		assertThat(this.bridge.state()).isEqualTo(BridgeState.STOPPED);
		assertThat(echo()).isEqualTo("x");
		assertThat(this.bridge.state()).isEqualTo(BridgeState.READY);
	}

	@Test
	void aCallThatStartsALazyDaemonGetsTheErrorOfThatAttempt() {
		open(Daemons.chaosBridge("--die-at", "start")
			.startup(Startup.LAZY)
			.whileUnavailable(WhileUnavailable.WAIT)
			.reconnectInitialDelay(Duration.ofSeconds(20)));
		assertThatThrownBy(this::echo).isInstanceOf(BridgeUnavailableException.class)
			.hasMessageContaining("did not start")
			.hasRootCauseInstanceOf(BridgeStartException.class);
	}

	@Test
	void afterAStopCallsAreRefusedUntilTheNextStart() {
		open(Daemons.chaosBridge().startup(Startup.LAZY).whileUnavailable(WhileUnavailable.WAIT));
		assertThat(echo()).isEqualTo("x");
		this.bridge.stop().block(LIMIT);
		assertThatThrownBy(this::echo).isInstanceOf(BridgeUnavailableException.class).hasMessageContaining("stopped");
		this.bridge.start().block(LIMIT);
		assertThat(echo()).isEqualTo("x");
	}

	@Test
	void whileItIsAwayCallsFailAtOnce() {
		open(Daemons.chaosBridge().reconnectInitialDelay(Duration.ofSeconds(20)));
		this.bridge.start().block(LIMIT);
		exit(1);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.BACKING_OFF);
		assertThatThrownBy(this::echo).isInstanceOf(BridgeUnavailableException.class)
			.hasMessageContaining("exit value 1")
			.hasMessageContaining("it was not sent");
	}

	@Test
	void whileItIsAwayCallsWaitIfTheyAreTold() {
		open(Daemons.chaosBridge()
			.whileUnavailable(WhileUnavailable.WAIT)
			.reconnectInitialDelay(Duration.ofMillis(100)));
		this.bridge.start().block(LIMIT);
		exit(1);
		assertThat(this.recorder.states()).endsWith(BridgeState.READY, BridgeState.BACKING_OFF);
		assertThat(echo()).isEqualTo("x");
		assertThat(this.bridge.info().waiting()).isZero();
	}

	@Test
	void aCallWaitsNoLongerThanItsOwnTime() {
		open(Daemons.chaosBridge()
			.whileUnavailable(WhileUnavailable.WAIT)
			.reconnectInitialDelay(Duration.ofSeconds(20)));
		this.bridge.start().block(LIMIT);
		exit(1);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.BACKING_OFF);
		assertThatThrownBy(() -> this.bridge.command("echo")
			.timeout(Duration.ofMillis(100))
			.retrieveMono(String.class)
			.block(LIMIT)).isInstanceOf(CommandTimeoutException.class).hasMessageContaining("no daemon is available");
		assertThat(this.bridge.info().waiting()).isZero();
	}

	@Test
	void aBridgeThatIsNotEnabledIsNeverStarted() {
		open(Daemons.chaosBridge().enabled(false));
		assertThatThrownBy(() -> this.bridge.start().block(LIMIT)).isInstanceOf(BridgeUnavailableException.class);
		assertThatThrownBy(this::echo).isInstanceOf(BridgeUnavailableException.class).hasMessageContaining("enabled");
		assertThatThrownBy(() -> this.bridge.restart().block(LIMIT)).isInstanceOf(BridgeUnavailableException.class);
	}

	private void exit(int code) {
		this.bridge.command("exit")
			.params(Map.of("code", code))
			.retrieveMono(Void.class)
			.onErrorComplete()
			.block(LIMIT);
	}

}
