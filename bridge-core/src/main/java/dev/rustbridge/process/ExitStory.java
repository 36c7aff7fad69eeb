package dev.rustbridge.process;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells people how a daemon ended, and what to do about it: from its exit value and the
 * last lines of its log.
 */
final class ExitStory {

	private static final int LONGEST_QUOTE = 300;

	private static final int SIGNALS = 128;

	private static final int LAST_SIGNAL = SIGNALS + 64;

	private static final Map<Integer, String> SIGNAL_CAUSES = Map.of(4,
			"an instruction this processor does not have: was it built with target-cpu=native on another machine?", 6,
			"it aborted", 9, "killed from outside; the kernel does that when memory runs out", 11,
			"it accessed invalid memory", 15, "it was asked to end");

	private static final List<Reason> REASONS = List.of(new Reason("version [`'](GLIBC(?:XX)?_[\\d.]+)' not found", (
			m) -> "it needs %s, which is newer than what this system has; build it on an older system, or for a musl target"
				.formatted(m.group(1))),
			new Reason("error while loading shared libraries: ([^:]+): cannot open",
					(m) -> "the shared library %s is missing; install it, or link it statically".formatted(m.group(1))),
			new Reason("Error loading shared library ([^:]+): No such file",
					(m) -> "the shared library %s is missing; install it, or link it statically".formatted(m.group(1))),
			new Reason("Library not loaded: (\\S+)",
					(m) -> "the shared library %s is missing; install it, or link it statically".formatted(m.group(1))),
			new Reason("Error relocating [^:]+: (\\S+): symbol not found",
					(m) -> "the C library here lacks %s; build it for the C library of this system"
						.formatted(m.group(1))),
			new Reason("cannot execute(?: binary file|: required file not found|: Exec format error)",
					(m) -> "what it starts is not made for this machine; build it for this one"),
			new Reason("unexpected argument '([^']+)' found",
					(m) -> "it does not know the argument %s; set 'args' to what it expects".formatted(m.group(1))),
			new Reason("(?:Address already in use|AddrInUse)",
					(m) -> "an address that it wants to listen on is in use already; does another one run?"),
			new Reason("has overflowed its stack", (m) -> "its stack overflowed"),
			new Reason("memory allocation of (\\d+) bytes failed",
					(m) -> "it could not get %s bytes of memory".formatted(m.group(1))));

	private static final Pattern PANIC = Pattern
		.compile("^thread '(.*)' (?:\\(\\d+\\) )?panicked at (?:'(.*)', )?(.+?):?$");

	private ExitStory() {
	}

	/**
	 * Tells the story.
	 * @param exitValue the exit value; {@code null} while it has not exited
	 * @param log the last lines of its log, oldest first
	 * @return a sentence without a full stop
	 */
	static String tell(@Nullable Integer exitValue, List<String> log) {
		String end = (exitValue != null) ? exit(exitValue) : "it has not exited";
		String reason = reason(log);
		if (reason != null) {
			return end + ": " + reason;
		}
		return log.isEmpty() ? end + ", and it logged nothing"
				: end + "; the last line of its log: " + quote(log.get(log.size() - 1));
	}

	private static String exit(int value) {
		if (value <= SIGNALS || value > LAST_SIGNAL) {
			return "exit value " + value;
		}
		int signal = value - SIGNALS;
		String cause = SIGNAL_CAUSES.get(signal);
		return "exit value %d (probably signal %d%s)".formatted(value, signal, (cause != null) ? ", " + cause : "");
	}

	private static @Nullable String reason(List<String> log) {
		for (int i = log.size() - 1; i >= 0; i--) {
			for (Reason reason : REASONS) {
				Matcher matcher = reason.pattern().matcher(log.get(i));
				if (matcher.find()) {
					return reason.text().apply(matcher);
				}
			}
			Matcher panic = PANIC.matcher(log.get(i));
			if (panic.find()) {
				return panic(panic, (i + 1 < log.size()) ? log.get(i + 1) : "");
			}
		}
		return null;
	}

	/** Older compilers put the message before the place, newer ones on the next line. */
	private static String panic(Matcher panic, String next) {
		String message = (panic.group(2) != null) ? panic.group(2) : next;
		String place = "it panicked at " + panic.group(3);
		return message.isBlank() ? place : place + ": " + quote(message);
	}

	private static String quote(String line) {
		return (line.length() > LONGEST_QUOTE) ? line.substring(0, LONGEST_QUOTE) + "…" : line;
	}

	private record Reason(Pattern pattern, Function<Matcher, String> text) {

		Reason(String regex, Function<Matcher, String> text) {
			this(Pattern.compile(regex), text);
		}

	}

}
