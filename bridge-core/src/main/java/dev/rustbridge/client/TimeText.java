package dev.rustbridge.client;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times as they are written in annotations.
 */
final class TimeText {

	private static final Pattern SIMPLE = Pattern.compile("(\\d{1,18})\\s*(ns|us|ms|s|m|h|d)");

	private static final Map<String, ChronoUnit> UNITS = Map.of("ns", ChronoUnit.NANOS, "us", ChronoUnit.MICROS, "ms",
			ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d",
			ChronoUnit.DAYS);

	private TimeText() {
	}

	/**
	 * Reads a time.
	 * @param text the text
	 * @return a positive time
	 * @throws IllegalArgumentException when it is none
	 */
	static Duration parse(String text) {
		Duration time = read(text.strip());
		if (time.isNegative() || time.isZero()) {
			throw new IllegalArgumentException("'" + text + "' is not longer than 0");
		}
		return time;
	}

	private static Duration read(String text) {
		Matcher simple = SIMPLE.matcher(text);
		try {
			return simple.matches() ? Duration.of(Long.parseLong(simple.group(1)), UNITS.get(simple.group(2)))
					: Duration.parse(text);
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			throw new IllegalArgumentException("'" + text + "' is no time: write a number with a unit, as 5s or 200ms",
					ex);
		}
	}

}
