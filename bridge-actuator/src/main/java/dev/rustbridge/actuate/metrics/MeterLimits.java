package dev.rustbridge.actuate.metrics;

import dev.rustbridge.actuate.bounded.BoundedTable;

/**
 * How many values a tag of a bridge may have. Each value is a time series for ever, so
 * what comes after them is counted together, as {@value #OTHER}.
 *
 * @param maxMethods methods
 * @param maxEvents names of events
 * @param maxErrorCodes codes of errors
 */
public record MeterLimits(int maxMethods, int maxEvents, int maxErrorCodes) {

	/** Stands for all that came too late. */
	public static final String OTHER = BoundedTable.OTHER;

	/** What holds where nothing else is said. */
	public static final MeterLimits DEFAULTS = new MeterLimits(100, 50, 25);

	public MeterLimits {
		check("max-methods", maxMethods);
		check("max-events", maxEvents);
		check("max-error-codes", maxErrorCodes);
	}

	private static void check(String property, int value) {
		if (value < 0) {
			throw new IllegalArgumentException(
					"'rustbridge.metrics." + property + "' is " + value + ", but must not be negative");
		}
	}

}
