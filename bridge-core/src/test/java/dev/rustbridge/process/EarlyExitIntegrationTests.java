package dev.rustbridge.process;

import java.time.Duration;

import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EarlyExitIntegrationTests {

	private static BridgeStartException failure(StdioMode mode) {
		try (RustBridge bridge = RustBridge.builder("early")
			.binaryPath(TestDaemons.chaos())
			.args("--stderr", "INFO starting", "--stderr", "thread 'main' panicked at src/main.rs:1:2:", "--stderr",
					"no configuration", "--die-at", "start", "--die-how", "exit:101")
			.readyTimeout(Duration.ofMinutes(1))
			.stdio(mode)
			.build()) {
			return assertThatExceptionOfType(BridgeStartException.class)
				.isThrownBy(() -> bridge.start().block(Duration.ofSeconds(30)))
				.actual();
		}
	}

	/** Many times: the log and the exit are seen by different channels. */
	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void anExitBeforeReadyFailsAtOnceWithAllThatIsKnown(StdioMode mode) {
		for (int i = 0; i < 30; i++) {
			BridgeStartException failure = failure(mode);

			assertThat(failure.reason()).isEqualTo(Reason.EXITED_BEFORE_READY);
			assertThat(failure.stderrTail()).hasSize(3).last().isEqualTo("no configuration");
		}
	}

}
