package dev.rustbridge.process;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaunchMarkTests {

	private static boolean isIn(LaunchMark mark, String environment) {
		return mark.isIn(environment.getBytes(StandardCharsets.UTF_8));
	}

	private static String environment(Map<String, String> variables) {
		StringBuilder text = new StringBuilder();
		variables.forEach((name, value) -> text.append(name).append('=').append(value).append('\0'));
		return text.toString();
	}

	@Test
	void everyLaunchHasItsOwn() {
		Map<String, String> environment = new HashMap<>();
		LaunchMark mark = LaunchMark.next();
		mark.put(environment);

		assertThat(isIn(mark, environment(environment))).isTrue();
		assertThat(isIn(LaunchMark.next(), environment(environment))).isFalse();
	}

	@Test
	void whatALaunchedDaemonLaunchesBearsTheMarksOfBoth() {
		Map<String, String> environment = new HashMap<>();
		LaunchMark outer = LaunchMark.next();
		outer.put(environment);
		LaunchMark inner = LaunchMark.next();
		inner.put(environment);

		assertThat(isIn(outer, environment(environment))).isTrue();
		assertThat(isIn(inner, environment(environment))).isTrue();
	}

	@Test
	void onlyTheVariableCounts() {
		LaunchMark mark = new LaunchMark("a-b");

		assertThat(isIn(mark, "PATH=/bin\0RUSTBRIDGE_LAUNCH=x:a-b:y\0HOME=/\0")).isTrue();
		assertThat(isIn(mark, "OTHER=a-b\0NOT_RUSTBRIDGE_LAUNCH=a-b\0")).isFalse();
		assertThat(isIn(mark, "RUSTBRIDGE_LAUNCH=a-b-c\0")).isFalse();
		assertThat(isIn(mark, "")).isFalse();
	}

}
