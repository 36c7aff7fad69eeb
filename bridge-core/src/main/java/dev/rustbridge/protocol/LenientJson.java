package dev.rustbridge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks through bytes that are perhaps only nearly JSON, or cut off: to say where a fault
 * lies, and to find an id before it.
 */
final class LenientJson {

	private LenientJson() {
	}

	/**
	 * Finds the end of a string.
	 * @param from the index after its opening quote
	 * @return the index after its closing quote, or {@code end} if there is none
	 */
	static int endOfString(byte[] bytes, int from, int end) {
		int pos = from;
		while (pos < end) {
			pos = Swar.special(bytes, pos, end);
			if (pos < end && bytes[pos] == '"') {
				return pos + 1;
			}
			pos += (pos < end && bytes[pos] == '\\') ? 2 : 1;
		}
		return end;
	}

	/**
	 * Says where in a value a byte lies.
	 * @param from where the value begins
	 * @param at the index of the byte
	 * @return the path to it from the value, as {@code .items[3].name}; empty for the
	 * value itself
	 */
	static String path(byte[] bytes, int from, int at) {
		Deque<Level> levels = new ArrayDeque<>();
		int pos = from;
		while (pos < at) {
			Level level = levels.peekLast();
			switch (bytes[pos]) {
				case '{', '[' -> levels.addLast(new Level(bytes[pos] == '{'));
				case '}', ']' -> levels.pollLast();
				case ',' -> {
					if (level != null) {
						level.next();
					}
				}
				case '"' -> {
					int end = endOfString(bytes, pos + 1, at);
					if (level != null) {
						level.string(bytes, pos + 1, end - 1);
					}
					pos = end - 1;
				}
				default -> {
				}
			}
			pos++;
		}
		StringBuilder path = new StringBuilder();
		levels.forEach((level) -> path.append(level.step()));
		return path.toString();
	}

	private static final class Level {

		private final boolean object;

		private int index;

		private String name = "";

		private boolean nameNext = true;

		private Level(boolean object) {
			this.object = object;
		}

		private void next() {
			this.index++;
			this.nameNext = true;
		}

		private void string(byte[] bytes, int from, int to) {
			if (this.object && this.nameNext) {
				this.name = new String(bytes, from, Math.max(0, to - from), StandardCharsets.UTF_8);
				this.nameNext = false;
			}
		}

		private String step() {
			return this.object ? "." + this.name : "[" + this.index + "]";
		}

	}

}
