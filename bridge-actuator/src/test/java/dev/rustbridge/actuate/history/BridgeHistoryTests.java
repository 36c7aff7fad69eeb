package dev.rustbridge.actuate.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.CommandFailedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of a bridge, and how much at most.
 */
class BridgeHistoryTests {

	private static final String LONG = "x".repeat(100_000);

	private final BridgeHistory history = new BridgeHistory(Clock.systemUTC());

	private void fail(String message, String code) {
		this.history.commandEnded("m", Outcome.FAILED,
				new CommandFailedException(new Origin("search", "m", "req_1"), message, code, null), 1);
	}

	private void lose(String why) {
		this.history.stateChanged(new BridgeStateChange("search", 0, 1, BridgeState.READY, BridgeState.BACKING_OFF,
				new IllegalStateException(why), Duration.ofMillis(100), Instant.now()));
	}

	@Test
	void theLastErrorsAndStepsAreKeptAndNoMore() {
		for (int i = 0; i < 1000; i++) {
			fail("no " + i, "NO");
			lose("gone " + i);
		}
		assertThat(this.history.failures()).hasSize(BridgeHistory.ERRORS)
			.last()
			.satisfies((failure) -> assertThat(failure.message()).contains("no 999"));
		assertThat(this.history.steps()).hasSize(BridgeHistory.STEPS)
			.last()
			.satisfies((step) -> assertThat(step.cause()).isEqualTo("gone 999"));
	}

	@Test
	void whatADaemonSaysAtLengthIsCutShort() {
		fail(LONG, LONG);
		lose(LONG);
		assertThat(this.history.failures()).singleElement().satisfies((failure) -> {
			assertThat(failure.message()).hasSize(BridgeHistory.LONGEST_MESSAGE + 1).endsWith("…");
			assertThat(failure.code()).hasSize(BridgeHistory.LONGEST_MESSAGE + 1);
		});
		assertThat(this.history.steps()).singleElement()
			.satisfies((step) -> assertThat(step.cause()).hasSize(BridgeHistory.LONGEST_MESSAGE + 1));
	}

	@Test
	void whatWasNeverSentOrNotWaitedForTellsNothingOfHowLongItTakes() {
		this.history.commandEnded("m", Outcome.UNAVAILABLE, new IllegalStateException(), 1);
		this.history.commandEnded("m", Outcome.CANCELLED, null, 1);
		assertThat(this.history.latencies()).isEmpty();
		this.history.commandEnded("m", Outcome.SUCCESS, null, 1);
		assertThat(this.history.latencies()).containsOnlyKeys("m");
	}

}
