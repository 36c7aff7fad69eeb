package dev.rustbridge.protocol;

import java.util.Arrays;

/**
 * Validates JSON (RFC 8259) and its UTF-8 in one pass, and finds where each value ends.
 * Keeps its own stack, one bit a level, so that no nesting overflows the thread's.
 * Methods return the index after what they read, or -1 with {@link #fault()} set. Not
 * thread-safe.
 */
final class JsonScanner {

	/**
	 * What is wrong with the bytes.
	 */
	enum Fault {

		/** A byte where JSON has no place for it. */
		SYNTAX,

		/** Ended too early. */
		END,

		/** A control byte: in a string, or anywhere if it has to be safe for a line. */
		CONTROL,

		/** Not UTF-8. */
		UTF8,

		/** Half of a surrogate pair, raw or escaped. */
		SURROGATE,

		/** Nested too deeply. */
		DEPTH

	}

	private static final byte[] TRUE = { 't', 'r', 'u', 'e' };

	private static final byte[] FALSE = { 'f', 'a', 'l', 's', 'e' };

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private final int maxDepth;

	/** Whether it is ours to be sent: no control byte at all, no lone surrogate. */
	private final boolean outbound;

	/** A bit for each open level: set for an object. */
	private long[] objects = new long[2];

	private Fault fault = Fault.SYNTAX;

	private int faultAt;

	private boolean escaped;

	private JsonScanner(int maxDepth, boolean outbound) {
		this.maxDepth = maxDepth;
		this.outbound = outbound;
	}

	/** For what the daemon sends. */
	static JsonScanner inbound(int maxDepth) {
		return new JsonScanner(maxDepth, false);
	}

	/** For what is to be sent: stricter by what daemons drop silently. */
	static JsonScanner outbound(int maxDepth) {
		return new JsonScanner(maxDepth, true);
	}

	Fault fault() {
		return this.fault;
	}

	int faultAt() {
		return this.faultAt;
	}

	/** Whether the string read last holds a backslash. */
	boolean escaped() {
		return this.escaped;
	}

	/**
	 * Skips white space; there may be none.
	 */
	int space(byte[] bytes, int from, int end) {
		int pos = from;
		while (pos < end) {
			byte next = bytes[pos];
			if (next != ' ') {
				if (next != '\t' && next != '\r' && next != '\n') {
					return pos;
				}
				if (this.outbound) {
					return fault(Fault.CONTROL, pos);
				}
			}
			pos++;
		}
		return pos;
	}

	/**
	 * Reads one value.
	 * @param from the index of its first byte
	 * @param outer how many levels are open around it
	 */
	int value(byte[] bytes, int from, int end, int outer) {
		int pos = from;
		int depth = 0;
		while (true) {
			// a value is expected at pos
			if (pos >= end) {
				return fault(Fault.END, end);
			}
			byte first = bytes[pos];
			boolean opened = false;
			switch (first) {
				case '"' -> pos = string(bytes, pos + 1, end);
				case '{', '[' -> {
					if (outer + depth >= this.maxDepth) {
						return fault(Fault.DEPTH, pos);
					}
					push(depth++, first == '{');
					pos = space(bytes, pos + 1, end);
					opened = true;
				}
				case 't' -> pos = literal(bytes, pos, end, TRUE);
				case 'f' -> pos = literal(bytes, pos, end, FALSE);
				case 'n' -> pos = literal(bytes, pos, end, NULL);
				case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> pos = number(bytes, pos, end);
				default -> pos = unexpected(bytes, pos);
			}
			if (pos < 0) {
				return -1;
			}
			if (opened) {
				if (pos >= end) {
					return fault(Fault.END, end);
				}
				boolean object = first == '{';
				if (bytes[pos] != (object ? '}' : ']')) {
					pos = object ? key(bytes, pos, end) : pos;
					if (pos < 0) {
						return -1;
					}
					continue;
				}
				depth--;
				pos++;
			}
			// a value has ended at pos
			while (true) {
				if (depth == 0) {
					return pos;
				}
				pos = space(bytes, pos, end);
				if (pos < 0) {
					return -1;
				}
				if (pos >= end) {
					return fault(Fault.END, end);
				}
				boolean object = isObject(depth - 1);
				byte next = bytes[pos];
				if (next == ',') {
					pos = space(bytes, pos + 1, end);
					if (pos >= 0 && object) {
						pos = key(bytes, pos, end);
					}
					if (pos < 0) {
						return -1;
					}
					break;
				}
				if (next != (object ? '}' : ']')) {
					return unexpected(bytes, pos);
				}
				depth--;
				pos++;
			}
		}
	}

	/**
	 * Reads a member's name, the colon, and the white space around that.
	 * @param from the index of the opening quote
	 * @return the index of the value
	 */
	private int key(byte[] bytes, int from, int end) {
		if (from >= end) {
			return fault(Fault.END, end);
		}
		if (bytes[from] != '"') {
			return unexpected(bytes, from);
		}
		int pos = string(bytes, from + 1, end);
		return (pos < 0) ? -1 : colon(bytes, pos, end);
	}

	/**
	 * Reads a colon and the white space around it.
	 */
	int colon(byte[] bytes, int from, int end) {
		int pos = space(bytes, from, end);
		if (pos < 0) {
			return -1;
		}
		if (pos >= end) {
			return fault(Fault.END, end);
		}
		if (bytes[pos] != ':') {
			return unexpected(bytes, pos);
		}
		return space(bytes, pos + 1, end);
	}

	/**
	 * Reads a string.
	 * @param from the index after its opening quote
	 * @return the index after its closing quote
	 */
	int string(byte[] bytes, int from, int end) {
		this.escaped = false;
		int pos = from;
		while (true) {
			pos = Swar.special(bytes, pos, end);
			if (pos >= end) {
				return fault(Fault.END, end);
			}
			byte next = bytes[pos];
			if (next == '"') {
				return pos + 1;
			}
			if (next == '\\') {
				this.escaped = true;
				pos = escape(bytes, pos, end);
			}
			else if (next >= 0) {
				return fault(Fault.CONTROL, pos);
			}
			else {
				pos = multiByte(bytes, pos, end);
			}
			if (pos < 0) {
				return -1;
			}
		}
	}

	private int escape(byte[] bytes, int from, int end) {
		if (from + 1 >= end) {
			return fault(Fault.END, end);
		}
		return switch (bytes[from + 1]) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
			case 'u' -> unicodeEscape(bytes, from, end);
			default -> fault(Fault.SYNTAX, from + 1);
		};
	}

	private int unicodeEscape(byte[] bytes, int from, int end) {
		int unit = hex(bytes, from + 2, end);
		if (unit < 0) {
			return -1;
		}
		if (!this.outbound || !Character.isSurrogate((char) unit)) {
			return from + 6;
		}
		if (Character.isHighSurrogate((char) unit) && from + 7 < end && bytes[from + 6] == '\\'
				&& bytes[from + 7] == 'u') {
			int low = hex(bytes, from + 8, end);
			if (low < 0) {
				return -1;
			}
			if (Character.isLowSurrogate((char) low)) {
				return from + 12;
			}
		}
		return fault(Fault.SURROGATE, from);
	}

	private int hex(byte[] bytes, int from, int end) {
		int unit = 0;
		for (int i = from; i < from + 4; i++) {
			if (i >= end) {
				return fault(Fault.END, end);
			}
			int digit = Character.digit(bytes[i], 16);
			if (digit < 0) {
				return fault(Fault.SYNTAX, i);
			}
			unit = unit << 4 | digit;
		}
		return unit;
	}

	private int multiByte(byte[] bytes, int from, int end) {
		int lead = bytes[from] & 0xff;
		int length = (lead < 0xe0) ? 2 : (lead < 0xf0) ? 3 : 4;
		if (lead < 0xc2 || lead > 0xf4) {
			return fault(Fault.UTF8, from);
		}
		if (from + length > end) {
			return fault(Fault.UTF8, from);
		}
		int second = bytes[from + 1] & 0xff;
		boolean valid = switch (lead) {
			case 0xe0 -> second >= 0xa0 && second <= 0xbf;
			case 0xed -> second >= 0x80 && second <= 0x9f;
			case 0xf0 -> second >= 0x90 && second <= 0xbf;
			case 0xf4 -> second >= 0x80 && second <= 0x8f;
			default -> second >= 0x80 && second <= 0xbf;
		};
		if (!valid) {
			boolean surrogate = lead == 0xed && second >= 0xa0 && second <= 0xbf;
			return fault(surrogate ? Fault.SURROGATE : Fault.UTF8, from);
		}
		for (int i = from + 2; i < from + length; i++) {
			if ((bytes[i] & 0xc0) != 0x80) {
				return fault(Fault.UTF8, from);
			}
		}
		return from + length;
	}

	private int literal(byte[] bytes, int from, int end, byte[] expected) {
		int to = from + expected.length;
		if (to <= end && Arrays.equals(bytes, from, to, expected, 0, expected.length)) {
			return to;
		}
		int pos = from;
		while (pos < end && bytes[pos] == expected[pos - from]) {
			pos++;
		}
		return (pos == end) ? fault(Fault.END, end) : unexpected(bytes, pos);
	}

	private int number(byte[] bytes, int from, int end) {
		int pos = (bytes[from] == '-') ? from + 1 : from;
		if (pos < end && bytes[pos] == '0') {
			pos++;
		}
		else {
			pos = digits(bytes, pos, end);
		}
		if (pos >= 0 && pos < end && bytes[pos] == '.') {
			pos = digits(bytes, pos + 1, end);
		}
		if (pos >= 0 && pos < end && (bytes[pos] == 'e' || bytes[pos] == 'E')) {
			pos++;
			if (pos < end && (bytes[pos] == '+' || bytes[pos] == '-')) {
				pos++;
			}
			pos = digits(bytes, pos, end);
		}
		return pos;
	}

	private int digits(byte[] bytes, int from, int end) {
		int pos = from;
		while (pos < end && bytes[pos] >= '0' && bytes[pos] <= '9') {
			pos++;
		}
		if (pos > from) {
			return pos;
		}
		return (pos == end) ? fault(Fault.END, end) : unexpected(bytes, pos);
	}

	private void push(int depth, boolean object) {
		int word = depth >>> 6;
		if (word == this.objects.length) {
			this.objects = Arrays.copyOf(this.objects, word * 2);
		}
		long bit = 1L << depth;
		this.objects[word] = object ? this.objects[word] | bit : this.objects[word] & ~bit;
	}

	private boolean isObject(int depth) {
		return (this.objects[depth >>> 6] & 1L << depth) != 0;
	}

	int unexpected(byte[] bytes, int at) {
		return fault((bytes[at] >= 0 && bytes[at] < ' ') ? Fault.CONTROL : Fault.SYNTAX, at);
	}

	int fault(Fault what, int at) {
		this.fault = what;
		this.faultAt = at;
		return -1;
	}

}
