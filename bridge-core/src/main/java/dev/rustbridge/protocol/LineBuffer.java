package dev.rustbridge.protocol;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

	private static final int REPLACEMENT = 0xfffd;

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

	LineBuffer number(long value) {
		return ascii(Long.toString(value).getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Writes a string of our own, with its quotes. Half of a surrogate pair becomes the
	 * replacement character.
	 */
	LineBuffer string(String text) {
		int count = text.length();
		ensure(count * 6 + 2);
		int pos = this.length;
		byte[] out = this.bytes;
		out[pos++] = '"';
		for (int i = 0; i < count; i++) {
			char next = text.charAt(i);
			if (next >= ' ' && next < 0x80 && next != '"' && next != '\\') {
				out[pos++] = (byte) next;
			}
			else if (next < 0x80) {
				pos = escape(out, pos, next);
			}
			else {
				int point = text.codePointAt(i);
				i += Character.charCount(point) - 1;
				if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
					this.replaced = true;
					point = REPLACEMENT;
				}
				pos = multiByte(out, pos, point);
			}
		}
		out[pos++] = '"';
		this.length = pos;
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

	private static int escape(byte[] out, int from, char next) {
		int pos = from;
		out[pos++] = '\\';
		if (next == '"' || next == '\\') {
			out[pos++] = (byte) next;
			return pos;
		}
		out[pos++] = 'u';
		out[pos++] = '0';
		out[pos++] = '0';
		out[pos++] = (byte) Character.forDigit(next >>> 4, 16);
		out[pos++] = (byte) Character.forDigit(next & 0xf, 16);
		return pos;
	}

	private static int multiByte(byte[] out, int from, int point) {
		int pos = from;
		if (point < 0x800) {
			out[pos++] = (byte) (0xc0 | point >>> 6);
		}
		else {
			if (point < 0x10000) {
				out[pos++] = (byte) (0xe0 | point >>> 12);
			}
			else {
				out[pos++] = (byte) (0xf0 | point >>> 18);
				out[pos++] = (byte) (0x80 | point >>> 12 & 0x3f);
			}
			out[pos++] = (byte) (0x80 | point >>> 6 & 0x3f);
		}
		out[pos++] = (byte) (0x80 | point & 0x3f);
		return pos;
	}

	private void ensure(int count) {
		long needed = this.length + (long) count;
		if (needed > this.bytes.length) {
			if (needed > Integer.MAX_VALUE - 8) {
				throw new IllegalStateException("A line of " + needed + " bytes");
			}
			int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, this.bytes.length * 2L));
			this.bytes = Arrays.copyOf(this.bytes, capacity);
		}
	}

}
