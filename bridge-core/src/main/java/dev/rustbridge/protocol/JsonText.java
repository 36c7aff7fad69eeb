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
		int backslash = Swar.indexOf(bytes, from, to, '\\');
		if (backslash == to) {
			return new String(bytes, from, to - from, StandardCharsets.UTF_8);
		}
		byte[] plain = new byte[to - from];
		int length = 0;
		int pos = from;
		while (backslash < to) {
			System.arraycopy(bytes, pos, plain, length, backslash - pos);
			length += backslash - pos;
			byte kind = bytes[backslash + 1];
			if (kind != 'u') {
				plain[length++] = unescape(kind);
				pos = backslash + 2;
			}
			else {
				int point = codePoint(bytes, backslash, to);
				if (Utf8.isSurrogate(point)) {
					return unescapeUnits(bytes, from, to);
				}
				length = Utf8.put(plain, length, point);
				pos = backslash + ((point > Character.MAX_VALUE) ? 12 : 6);
			}
			backslash = Swar.indexOf(bytes, pos, to, '\\');
		}
		System.arraycopy(bytes, pos, plain, length, to - pos);
		return new String(plain, 0, length + to - pos, StandardCharsets.UTF_8);
	}

	/** As above, but keeps halves of surrogate pairs, which UTF-8 can't express. */
	private static String unescapeUnits(byte[] bytes, int from, int to) {
		StringBuilder text = new StringBuilder(to - from);
		int pos = from;
		while (pos < to) {
			int backslash = Swar.indexOf(bytes, pos, to, '\\');
			text.append(new String(bytes, pos, backslash - pos, StandardCharsets.UTF_8));
			pos = backslash;
			if (backslash < to) {
				boolean unit = bytes[backslash + 1] == 'u';
				text.append(unit ? unit(bytes, backslash) : (char) unescape(bytes[backslash + 1]));
				pos += unit ? 6 : 2;
			}
		}
		return text.toString();
	}

	private static byte unescape(byte kind) {
		return switch (kind) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			default -> kind;
		};
	}

	/** The code point of one escape, or of two that are a surrogate pair. */
	private static int codePoint(byte[] bytes, int backslash, int to) {
		char unit = unit(bytes, backslash);
		if (Character.isHighSurrogate(unit) && backslash + 12 <= to && bytes[backslash + 6] == '\\'
				&& bytes[backslash + 7] == 'u') {
			char low = unit(bytes, backslash + 6);
			if (Character.isLowSurrogate(low)) {
				return Character.toCodePoint(unit, low);
			}
		}
		return unit;
	}

	private static char unit(byte[] bytes, int backslash) {
		int unit = 0;
		for (int i = backslash + 2; i < backslash + 6; i++) {
			unit = unit << 4 | Character.digit(bytes[i], 16);
		}
		return (char) unit;
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
		return Swar.indexOf(bytes, from, to, '\\') < to;
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

}
