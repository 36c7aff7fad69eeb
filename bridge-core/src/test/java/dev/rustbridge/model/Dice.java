package dev.rustbridge.model;

import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Chance that can be repeated.
 */
final class Dice {

	private final Random random;

	Dice(long seed) {
		this.random = new Random(seed);
	}

	/** A number from 0, and less than the limit. */
	int below(int limit) {
		return this.random.nextInt(limit);
	}

	boolean coin() {
		return this.random.nextBoolean();
	}

	/** One of a list, if there is any. */
	<T> @Nullable T oneOf(List<T> choice) {
		return choice.isEmpty() ? null : choice.get(below(choice.size()));
	}

}
