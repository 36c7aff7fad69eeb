package dev.rustbridge;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs only where one core is asked for, and makes sure that there is one.
 */
class OneCoreTests {

	@Test
	void theRunIsPinned() {
		assumeTrue(PinnedRun.hasTaskset(), "no taskset");
		assertThat(System.getProperty(PinnedRun.CORES)).isEqualTo("0");
		assertThat(Runtime.getRuntime().availableProcessors()).isOne();
	}

}
