package dev.rustbridge.process;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Finds the level that a line of a log names itself. Known are the shapes of tracing,
 * env_logger, log4rs, fern and simplelog, JSON, and what Rust prints when it panics.
 */
final class LogLevels {

	/** A level that stands in the midst of a text is no level. */
	private static final int HEAD = 160;

	/** Full names, and those that slog cuts to four letters. */
	private static final String LEVELS = "TRACE|TRCE|DEBUG|DEBG|INFO|NOTICE|WARN|WARNING|ERROR|ERRO|FATAL|CRITICAL|CRIT";

	/** What may come before the level: a time, a thread, a target in brackets. */
	private static final String BEFORE = "(?:\\d[\\d:.,TZ+\\-/]*+|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\b"
			+ "|ThreadId\\(\\d+\\)|\\[(?!(?:" + LEVELS + ")\\])[\\w:.\\-]++\\]|[\\[\\]()<>])";

	/**
	 * "2026-01-02T03:04:05Z WARN app: …", "[2026-01-02T03:04:05Z WARN app] …",
	 * "2026-01-02 03:04:05 [WARN] …", "[app][WARN] …", "WARN app: …".
	 */
	private static final Pattern TEXT = Pattern.compile("^(?:" + BEFORE + "\\s*+)*+(" + LEVELS + ")(?=[\\]>):\\s]|$)");

	/** As in "level":"WARN", "severity": "warning", "level":40. */
	private static final Pattern JSON = Pattern.compile("\"(?:level|severity|lvl)\"\\s*:\\s*\"?(\\w+)",
			Pattern.CASE_INSENSITIVE);

	/** As in level=warn. */
	private static final Pattern LOGFMT = Pattern.compile("(?:^|\\s)(?:level|lvl)=\"?(\\w+)", Pattern.CASE_INSENSITIVE);

	/** As in "warning: unused" and "error: cannot", written by hand. */
	private static final Pattern PLAIN = Pattern.compile("^(trace|debug|info|warning|warn|error|fatal):",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PANIC = Pattern.compile("^thread '.*' (?:\\(\\d+\\) )?panicked at ");

	private LogLevels() {
	}

	/**
	 * Looks for the level of a line.
	 * @param line without colours
	 * @return its level, {@code null} when it names none
	 */
	static @Nullable Level detect(String line) {
		String trimmed = line.strip();
		if (trimmed.startsWith("{")) {
			return find(JSON, trimmed);
		}
		String head = trimmed.substring(0, Math.min(trimmed.length(), HEAD));
		for (Pattern pattern : new Pattern[] { TEXT, PLAIN, LOGFMT }) {
			Level level = find(pattern, head);
			if (level != null) {
				return level;
			}
		}
		return isPanic(line) ? Level.ERROR : null;
	}

	/**
	 * Whether this is the first line of a panic; its message is on the next one.
	 * @param line without colours
	 * @return whether it is
	 */
	static boolean isPanic(String line) {
		return PANIC.matcher(line).find();
	}

	private static @Nullable Level find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? level(matcher.group(1)) : null;
	}

	private static @Nullable Level level(String name) {
		return switch (name.toUpperCase(Locale.ROOT)) {
			case "TRACE", "TRCE", "10" -> Level.TRACE;
			case "DEBUG", "DEBG", "20" -> Level.DEBUG;
			case "INFO", "NOTICE", "30" -> Level.INFO;
			case "WARN", "WARNING", "40" -> Level.WARN;
			case "ERROR", "ERRO", "FATAL", "CRITICAL", "CRIT", "50", "60" -> Level.ERROR;
			default -> null;
		};
	}

}
