package dev.rustbridge.protocol;

/**
 * Code points as UTF-8.
 */
final class Utf8 {

	/** Stands for what is no character. */
	static final int REPLACEMENT = 0xfffd;

	private Utf8() {
	}

	static boolean isSurrogate(int point) {
		return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
	}

	/**
	 * Writes a code point.
	 * @return the index after it
	 */
	static int put(byte[] out, int at, int point) {
		int pos = at;
		if (point < 0x80) {
			out[pos++] = (byte) point;
			return pos;
		}
		if (point < 0x800) {
			out[pos++] = (byte) (0xc0 | (point >>> 6));
		}
		else {
			if (point < 0x10000) {
				out[pos++] = (byte) (0xe0 | (point >>> 12));
			}
			else {
				out[pos++] = (byte) (0xf0 | (point >>> 18));
				out[pos++] = (byte) (0x80 | ((point >>> 12) & 0x3f));
			}
			out[pos++] = (byte) (0x80 | ((point >>> 6) & 0x3f));
		}
		out[pos++] = (byte) (0x80 | (point & 0x3f));
		return pos;
	}

}
