package dev.rustbridge.protocol;

import java.io.OutputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;

/**
 * Where a line is written: bytes that grow up to the largest message, a generator that
 * writes into them, and the scanner that checks what it wrote. Used by one thread at a
 * time, and then again.
 */
final class LineBuffer extends OutputStream {

	/** What daemons on serde read: its limit is 128. */
	static final int MAX_DEPTH = 127;

	private static final int LONGEST_ESCAPE = 6;

	private static final int MOST_DIGITS = 19;

	private static final int INITIAL = 512;

	private static final int RETAINED = 64 * 1024;

	private final JsonScanner scanner = JsonScanner.outbound(MAX_DEPTH);

	private final ObjectWriter writer;

	private final long limit;

	private byte[] bytes = new byte[INITIAL];

	private int length;

	private boolean overLimit;

	private boolean replaced;

	private @Nullable JsonGenerator generator;

	LineBuffer(ObjectWriter writer, long limit) {
		this.writer = writer;
		this.limit = limit;
	}

	@Override
	public void write(int value) {
		ensure(1);
		this.bytes[this.length++] = (byte) value;
	}

	@Override
	public void write(byte[] source, int offset, int count) {
		if (this.length + (long) count > this.limit) {
			this.overLimit = true;
			throw new IllegalStateException("over max-message-size");
		}
		ensure(count);
		System.arraycopy(source, offset, this.bytes, this.length, count);
		this.length += count;
	}

	int length() {
		return this.length;
	}

	byte[] bytes() {
		return this.bytes;
	}

	boolean overLimit() {
		return this.overLimit;
	}

	/** Whether a string held half of a surrogate pair. */
	boolean replaced() {
		return this.replaced;
	}

	JsonScanner scanner() {
		return this.scanner;
	}

	/** Writes a value as JSON. */
	void json(Object value) {
		JsonGenerator open = this.generator;
		this.generator = null;
		if (open == null) {
			open = this.writer.createGenerator(this);
		}
		this.writer.writeValue(open, value);
		open.flush();
		this.generator = open;
	}

	LineBuffer ascii(byte[] text) {
		ensure(text.length);
		System.arraycopy(text, 0, this.bytes, this.length, text.length);
		this.length += text.length;
		return this;
	}

	/** Writes a number that is not negative. */
	LineBuffer number(long value) {
		ensure(MOST_DIGITS);
		int digits = 1;
		for (long rest = value; rest >= 10; rest /= 10) {
			digits++;
		}
		long rest = value;
		for (int i = this.length + digits - 1; i >= this.length; i--) {
			this.bytes[i] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		this.length += digits;
		return this;
	}

	/**
	 * Writes a string of our own, with its quotes. Half of a surrogate pair becomes the
	 * replacement character.
	 */
	LineBuffer string(String text) {
		int count = text.length();
		ensure(count + 2L);
		this.bytes[this.length++] = '"';
		for (int i = 0; i < count; i++) {
			char next = text.charAt(i);
			if (next >= ' ' && next < 0x80 && next != '"' && next != '\\') {
				this.bytes[this.length++] = (byte) next;
			}
			else {
				int point = text.codePointAt(i);
				ensure(LONGEST_ESCAPE + (long) count - i);
				special(point);
				i += Character.charCount(point) - 1;
			}
		}
		this.bytes[this.length++] = '"';
		return this;
	}

	/** The line, with its newline; the buffer is ready for the next. */
	byte[] line() {
		ensure(1);
		this.bytes[this.length] = '\n';
		return Arrays.copyOf(this.bytes, this.length + 1);
	}

	void truncate(int length) {
		this.length = length;
	}

	void reset() {
		this.length = 0;
		this.overLimit = false;
		this.replaced = false;
		if (this.bytes.length > RETAINED) {
			this.bytes = new byte[INITIAL];
			this.generator = null;
		}
	}

	private void special(int point) {
		if (Utf8.isSurrogate(point)) {
			this.replaced = true;
			this.length = Utf8.put(this.bytes, this.length, Utf8.REPLACEMENT);
		}
		else if (point >= 0x80) {
			this.length = Utf8.put(this.bytes, this.length, point);
		}
		else {
			this.bytes[this.length++] = '\\';
			if (point >= ' ') {
				this.bytes[this.length++] = (byte) point;
			}
			else {
				this.bytes[this.length++] = 'u';
				this.bytes[this.length++] = '0';
				this.bytes[this.length++] = '0';
				this.bytes[this.length++] = (byte) Character.forDigit(point >>> 4, 16);
				this.bytes[this.length++] = (byte) Character.forDigit(point & 0xf, 16);
			}
		}
	}

	private void ensure(long count) {
		long needed = this.length + count;
		if (needed > this.bytes.length) {
			if (needed > Integer.MAX_VALUE - 8) {
				throw new IllegalStateException("A line of " + needed + " bytes");
			}
			int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, this.bytes.length * 2L));
			this.bytes = Arrays.copyOf(this.bytes, capacity);
		}
	}

}
