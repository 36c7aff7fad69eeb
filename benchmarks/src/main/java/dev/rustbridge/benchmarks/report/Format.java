package dev.rustbridge.benchmarks.report;

import java.util.Locale;

/** Figures with their units, with three digits that matter. */
final class Format {

	private Format() {
	}

	static String time(double nanos) {
		if (nanos < 1e3) {
			return digits(nanos) + " ns";
		}
		if (nanos < 1e6) {
			return digits(nanos / 1e3) + " µs";
		}
		return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
	}

	static String rate(double perSecond) {
		if (perSecond < 1e3) {
			return digits(perSecond) + " /s";
		}
		return perSecond < 1e6 ? digits(perSecond / 1e3) + " k/s" : digits(perSecond / 1e6) + " M/s";
	}

	static String bytes(double bytes) {
		if (bytes < 0) {
			return "–";
		}
		if (bytes < 1e4) {
			return digits(bytes) + " B";
		}
		return bytes < 1e6 ? digits(bytes / 1e3) + " kB" : digits(bytes / 1e6) + " MB";
	}

	static String times(double ratio) {
		return digits(ratio) + " ×";
	}

	static String main(Figures figures) {
		return figures.timed() ? time(figures.main()) : rate(figures.main());
	}

	static String spread(Figures figures) {
		return figures.timed() ? time(figures.least()) + " – " + time(figures.most())
				: rate(figures.least()) + " – " + rate(figures.most());
	}

	private static String digits(double value) {
		int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
		return String.format(Locale.ROOT, "%." + decimals + "f", value);
	}

}
