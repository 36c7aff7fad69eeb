package dev.rustbridge.client;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TimeTextTests {

	@ParameterizedTest
	@CsvSource({ "5s,PT5S", "200ms,PT0.2S", "3 m,PT3M", "1h,PT1H", "2d,PT48H", "7us,PT0.000007S", "9ns,PT0.000000009S",
			"PT1M30S,PT1M30S" })
	void timesAreRead(String text, Duration expected) {
		assertThat(TimeText.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "soon", "5 parsecs", "-5s", "999999999999999999d" })
	void whatIsNoTimeIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TimeText.parse(text)).withMessageContaining("is no time");
	}

	@Test
	void noTimeAtAllIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TimeText.parse("0s"))
			.withMessageContaining("is not longer than 0");
	}

}
