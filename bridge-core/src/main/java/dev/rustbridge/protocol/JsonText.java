package dev.rustbridge.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Text out of JSON that a {@link JsonScanner} has found valid.
 */
final class JsonText {

	/** Counts at or above it are as good as unlimited: 2^53-1. */
	static final long MAX_COUNT = (1L << 53) - 1;

	private JsonText() {
	}

	/**
	 * The content of a string.
	 * @param from the index after its opening quote
	 * @param to the index of its closing quote
	 */
	static String unescape(byte[] bytes, int from, int to) {
		int backslash = indexOf(bytes, from, to, '\\');
		if (backslash == to) {
			return new String(bytes, from, to - from, StandardCharsets.UTF_8);
		}
		StringBuilder text = new StringBuilder(to - from);
		int start = from;
		while (backslash < to) {
			text.append(new String(bytes, start, backslash - start, StandardCharsets.UTF_8));
			byte kind = bytes[backslash + 1];
			start = backslash + 2;
			switch (kind) {
				case 'b' -> text.append('\b');
				case 'f' -> text.append('\f');
				case 'n' -> text.append('\n');
				case 'r' -> text.append('\r');
				case 't' -> text.append('\t');
				case 'u' -> {
					String unit = new String(bytes, start, 4, StandardCharsets.US_ASCII);
					text.append((char) Integer.parseInt(unit, 16));
					start += 4;
				}
				default -> text.append((char) kind);
			}
			backslash = indexOf(bytes, start, to, '\\');
		}
		return text.append(new String(bytes, start, to - start, StandardCharsets.UTF_8)).toString();
	}

	/**
	 * A string's content, or any other value without the white space between its tokens.
	 * @return the text, {@code null} for the literal null
	 */
	static @Nullable String textOf(byte[] bytes, int from, int to) {
		if (bytes[from] == '"') {
			return unescape(bytes, from + 1, to - 1);
		}
		return isNull(bytes, from) ? null : compact(bytes, from, to);
	}

	/**
	 * A value without the white space between its tokens.
	 */
	static String compact(byte[] bytes, int from, int to) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
		boolean inString = false;
		for (int i = from; i < to; i++) {
			byte next = bytes[i];
			if (inString || next < 0 || next > ' ') {
				out.write(next);
			}
			if (next == '"') {
				inString = !inString;
			}
			else if (inString && next == '\\') {
				out.write(bytes[++i]);
			}
		}
		return out.toString(StandardCharsets.UTF_8);
	}

	/** Whether the content of a string holds escapes. */
	static boolean isEscaped(byte[] bytes, int from, int to) {
		return indexOf(bytes, from, to, '\\') < to;
	}

	static boolean isNull(byte[] bytes, int from) {
		return bytes[from] == 'n';
	}

	static boolean isTrue(byte[] bytes, int from) {
		return bytes[from] == 't';
	}

	static boolean isString(byte[] bytes, int from) {
		return bytes[from] == '"';
	}

	/**
	 * Reads a count: an integer that is not negative, written without fraction and
	 * exponent.
	 * @return the count, at most {@link #MAX_COUNT}; -1 if it is none
	 */
	static long count(byte[] bytes, int from, int to) {
		long count = 0;
		for (int i = from; i < to; i++) {
			int digit = bytes[i] - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			count = Math.min(count * 10 + digit, MAX_COUNT);
		}
		return count;
	}

	/**
	 * Finds a string member of an object; of several with the same name the last.
	 * @return its text; {@code null} if it is missing or not a string
	 */
	static @Nullable String stringMember(byte[] bytes, int from, int to, String name) {
		if (bytes[from] != '{') {
			return null;
		}
		JsonScanner scanner = JsonScanner.inbound(Integer.MAX_VALUE);
		byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
		String found = null;
		int pos = scanner.space(bytes, from + 1, to);
		while (bytes[pos] == '"') {
			int nameEnd = scanner.string(bytes, pos + 1, to);
			boolean match = scanner.escaped() ? unescape(bytes, pos + 1, nameEnd - 1).equals(name)
					: Arrays.equals(bytes, pos + 1, nameEnd - 1, wanted, 0, wanted.length);
			int value = scanner.colon(bytes, nameEnd, to);
			int end = scanner.value(bytes, value, to, 0);
			if (match) {
				found = isString(bytes, value) ? unescape(bytes, value + 1, end - 1) : null;
			}
			pos = scanner.space(bytes, end, to);
			if (bytes[pos] == ',') {
				pos = scanner.space(bytes, pos + 1, to);
			}
		}
		return found;
	}

	private static int indexOf(byte[] bytes, int from, int to, char wanted) {
		int pos = from;
		while (pos < to && bytes[pos] != wanted) {
			pos++;
		}
		return pos;
	}

}
