package dev.rustbridge.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in bytes, eight at a time. In each word the lowest marked byte is a true hit;
 * bytes above it may be marked by a borrow, which is why only the lowest is looked at.
 */
final class Swar {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private static final long QUOTES = '"' * ONES;

	private static final long BACKSLASHES = '\\' * ONES;

	private static final long SPACES = ' ' * ONES;

	private Swar() {
	}

	/**
	 * Finds the first byte of a kind.
	 * @return its index, or {@code to} if there is none
	 */
	static int indexOf(byte[] bytes, int from, int to, char wanted) {
		long pattern = wanted * ONES;
		int pos = from;
		while (pos <= to - Long.BYTES) {
			long word = (long) LONGS.get(bytes, pos) ^ pattern;
			long marks = (word - ONES) & ~word & HIGH_BITS;
			if (marks != 0) {
				return pos + (Long.numberOfTrailingZeros(marks) >>> 3);
			}
			pos += Long.BYTES;
		}
		while (pos < to && bytes[pos] != wanted) {
			pos++;
		}
		return pos;
	}

	/**
	 * Finds the first byte that needs a closer look inside of a JSON string: a quote, a
	 * backslash, a control byte, or one that is not ASCII.
	 * @return its index, or {@code to} if there is none
	 */
	static int special(byte[] bytes, int from, int to) {
		int pos = from;
		while (pos <= to - Long.BYTES) {
			long word = (long) LONGS.get(bytes, pos);
			long quotes = word ^ QUOTES;
			long backslashes = word ^ BACKSLASHES;
			long marks = (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes)
					| ((word - SPACES) & ~word) | word) & HIGH_BITS;
			if (marks != 0) {
				return pos + (Long.numberOfTrailingZeros(marks) >>> 3);
			}
			pos += Long.BYTES;
		}
		while (pos < to && isPlain(bytes[pos])) {
			pos++;
		}
		return pos;
	}

	private static boolean isPlain(byte value) {
		return value >= ' ' && value != '"' && value != '\\';
	}

}
