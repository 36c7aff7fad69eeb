package dev.rustbridge.process;

/**
 * Takes colours and other terminal control out of a line.
 */
final class AnsiCodes {

	private static final char ESCAPE = '\u001B';

	private AnsiCodes() {
	}

	/**
	 * Strips a line.
	 * @param line may hold escape sequences
	 * @return the line as a terminal would show it, without colours; control characters
	 * other than tabs are left out, so that a log can't be forged with them
	 */
	static String strip(String line) {
		if (isPlain(line)) {
			return line;
		}
		StringBuilder text = new StringBuilder(line.length());
		int at = 0;
		while (at < line.length()) {
			char c = line.charAt(at);
			if (c == ESCAPE) {
				at = sequenceEnd(line, at + 1);
			}
			else {
				if (c == '\t' || !Character.isISOControl(c)) {
					text.append(c);
				}
				at++;
			}
		}
		return text.toString();
	}

	private static boolean isPlain(String line) {
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (c != '\t' && Character.isISOControl(c)) {
				return false;
			}
		}
		return true;
	}

	/** Where a sequence ends whose introducer comes next. */
	private static int sequenceEnd(String line, int at) {
		if (at >= line.length()) {
			return at;
		}
		return switch (line.charAt(at)) {
			case '[' -> controlSequenceEnd(line, at + 1);
			case ']' -> commandEnd(line, at + 1);
			default -> at + 1;
		};
	}

	private static int controlSequenceEnd(String line, int start) {
		int at = start;
		while (at < line.length() && (line.charAt(at) < '@' || line.charAt(at) > '~')) {
			at++;
		}
		return Math.min(at + 1, line.length());
	}

	/** Titles and hyperlinks end with a bell, or with escape and backslash. */
	private static int commandEnd(String line, int start) {
		for (int at = start; at < line.length(); at++) {
			if (line.charAt(at) == '\u0007') {
				return at + 1;
			}
			if (line.charAt(at) == ESCAPE) {
				return Math.min(at + 2, line.length());
			}
		}
		return line.length();
	}

}
