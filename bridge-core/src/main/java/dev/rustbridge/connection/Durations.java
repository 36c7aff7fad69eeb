package dev.rustbridge.connection;

import java.time.Duration;

/**
 * Durations as people write them.
 */
public final class Durations {

	private Durations() {
	}

	/**
	 * A duration for a message.
	 * @param nanos nanoseconds
	 * @return as {@code 250ms} or {@code 1.5s}
	 */
	public static String text(long nanos) {
		long millis = nanos / 1_000_000;
		if (millis < 1000) {
			return millis + "ms";
		}
		return (millis % 1000 == 0) ? (millis / 1000) + "s" : (millis / 1000.0) + "s";
	}

	/**
	 * A duration for a message.
	 * @param duration the duration
	 * @return as {@code 250ms} or {@code 1.5s}
	 */
	public static String text(Duration duration) {
		return text(duration.toNanos());
	}

}
