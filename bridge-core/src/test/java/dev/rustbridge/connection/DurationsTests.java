package dev.rustbridge.connection;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Durations as people write them.
 */
class DurationsTests {

	@ParameterizedTest
	@CsvSource({ "PT0.25S, 250ms", "PT0.999S, 999ms", "PT1S, 1s", "PT1.5S, 1.5s", "PT0.0009S, 0ms", "PT2M, 120s",
			"PT1.001S, 1.001s" })
	void durationsAreShortAndExactToTheMillisecond(Duration duration, String text) {
		assertThat(Durations.text(duration)).isEqualTo(text);
	}

}
