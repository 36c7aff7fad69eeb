package dev.rustbridge.protocol;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

	/** A large value is gathered in pieces of this size at most, and joined once. */
	private static final int LARGEST_PIECE = 1024 * 1024;

	/** What follows a value: the end of the object and the newline. */
	private static final int TRAILER = 2;

	private final JsonScanner scanner = JsonScanner.outbound(MAX_DEPTH);

	private final ObjectWriter writer;

	private final long limit;

	/** Full pieces of a large value that is being written, in front of the bytes. */
	private final List<byte[]> pieces = new ArrayList<>();

	private int pieced;

	private byte[] bytes = new byte[INITIAL];

	/** Of what is in the bytes. */
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
		if ((long) this.pieced + this.length + count > this.limit) {
			this.overLimit = true;
			throw new IllegalStateException("over max-message-size");
		}
		int from = offset;
		int left = count;
		if (this.bytes.length < RETAINED) {
			ensure(count);
		}
		while (left > this.bytes.length - this.length) {
			int room = this.bytes.length - this.length;
			System.arraycopy(source, from, this.bytes, this.length, room);
			from += room;
			left -= room;
			this.pieces.add(this.bytes);
			this.pieced += this.bytes.length;
			this.bytes = new byte[Math.min(2 * this.bytes.length, LARGEST_PIECE)];
			this.length = 0;
		}
		System.arraycopy(source, from, this.bytes, this.length, left);
		this.length += left;
	}

	/** To grow by doubling would copy a large value, and clear the room for it, twice. */
	private void join() {
		if (this.pieces.isEmpty()) {
			return;
		}
		int total = this.pieced + this.length;
		byte[] whole = new byte[total + TRAILER];
		int position = 0;
		for (byte[] piece : this.pieces) {
			System.arraycopy(piece, 0, whole, position, piece.length);
			position += piece.length;
		}
		System.arraycopy(this.bytes, 0, whole, position, this.length);
		forgetPieces();
		this.bytes = whole;
		this.length = total;
	}

	private void forgetPieces() {
		this.pieces.clear();
		this.pieced = 0;
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
		join();
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
		if (this.length + 1 == this.bytes.length) {
			// as it is after a large value, and not kept then
			byte[] whole = this.bytes;
			this.bytes = new byte[INITIAL];
			return whole;
		}
		return Arrays.copyOf(this.bytes, this.length + 1);
	}

	void truncate(int length) {
		this.length = length;
	}

	void reset() {
		forgetPieces();
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
