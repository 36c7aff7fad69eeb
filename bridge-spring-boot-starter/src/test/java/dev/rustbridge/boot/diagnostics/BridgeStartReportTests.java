package dev.rustbridge.boot.diagnostics;

import java.util.List;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

class BridgeStartReportTests {

	@ParameterizedTest
	@EnumSource
	void everyReasonSaysWhatToDo(Reason reason) {
		FailureAnalysis analysis = new BridgeStartFailureAnalyzer().analyze(failure(reason));
		assertThat(analysis.getDescription()).contains("it did not work", "Tried, in this order:", "/a: not there",
				"Last lines of the daemon's log:", "no luck");
		assertThat(analysis.getAction()).matches("(?s)[A-Z].{20,}\\.").doesNotContain("%");
	}

	@Test
	void theNativeLibraryThatCannotBeLoadedSaysWhatToDo() {
		FailureAnalysis analysis = new NativeLibraryFailureAnalyzer()
			.analyze(new IllegalStateException(new NoClassDefFoundError("org/newsclub/net/unix/NativeUnixSocket")));
		assertThat(analysis.getAction()).contains("-Dorg.newsclub.net.unix.library.tmpdir=DIR", "noexec",
				"--enable-native-access=ALL-UNNAMED", "Bridges need none of this");
	}

	@Test
	void anotherLinkageErrorIsNotOurs() {
		assertThat(new NativeLibraryFailureAnalyzer().analyze(new NoClassDefFoundError("dev/example/Other"))).isNull();
	}

	private static BridgeStartException failure(Reason reason) {
		return new BridgeStartException(Origin.bridge("search"), reason, "it did not work", List.of("/a: not there"),
				List.of("no luck"), null);
	}

}
