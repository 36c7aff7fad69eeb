package dev.rustbridge.protocol;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The names that came lately, so that a hot event or method costs no new string. Bounded:
 * a name takes the place of another one with the same hash. Not thread-safe.
 */
final class NameCache {

	private static final int SLOTS = 64;

	private static final int LONGEST = 64;

	private final @Nullable Entry[] slots = new @Nullable Entry[SLOTS];

	/**
	 * The text of a name.
	 * @param from the index after its opening quote
	 * @param to the index of its closing quote
	 */
	String get(byte[] bytes, int from, int to) {
		int length = to - from;
		if (length > LONGEST) {
			return JsonText.unescape(bytes, from, to);
		}
		int hash = length;
		for (int i = from; i < to; i++) {
			hash = 31 * hash + bytes[i];
		}
		int slot = (hash ^ hash >>> 16) & SLOTS - 1;
		Entry entry = this.slots[slot];
		if (entry == null || !Arrays.equals(bytes, from, to, entry.bytes, 0, entry.bytes.length)) {
			entry = new Entry(Arrays.copyOfRange(bytes, from, to), JsonText.unescape(bytes, from, to));
			this.slots[slot] = entry;
		}
		return entry.text;
	}

	/** A plain class: a record would offer an equality by array identity. */
	private static final class Entry {

		private final byte[] bytes;

		private final String text;

		private Entry(byte[] bytes, String text) {
			this.bytes = bytes;
			this.text = text;
		}

	}

}
