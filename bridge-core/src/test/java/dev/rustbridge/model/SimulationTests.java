package dev.rustbridge.model;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine against the model, a seed after the other. {@code -Drustbridge.sim.seed=N}
 * plays one of them again, {@code -Drustbridge.soak=true} plays many more.
 */
class SimulationTests {

	private static final int STEPS = 400;

	private static final int SEEDS = Boolean.getBoolean("rustbridge.soak") ? 10_000 : 100;

	private static final @Nullable Long ONLY = Long.getLong("rustbridge.sim.seed");

	@Test
	void theEngineDoesWhatTheModelSays() {
		if (ONLY != null) {
			play(ONLY);
			return;
		}
		for (long seed = 0; seed < SEEDS; seed++) {
			play(seed);
		}
	}

	@Test
	void aSeedIsPlayedAgainAsItWas() {
		long seed = (ONLY != null) ? ONLY : 7;
		assertThat(play(seed)).isEqualTo(play(seed));
	}

	private static List<String> play(long seed) {
		Simulation simulation = new Simulation(seed, STEPS);
		try {
			simulation.run();
		}
		catch (AssertionError | RuntimeException ex) {
			throw new AssertionError("-Drustbridge.sim.seed=" + seed + ": " + ex.getMessage() + "\n"
					+ String.join("\n", simulation.trace()), ex);
		}
		return simulation.trace();
	}

}
