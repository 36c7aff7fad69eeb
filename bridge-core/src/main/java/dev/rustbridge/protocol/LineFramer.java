package dev.rustbridge.protocol;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, and into the raw payloads that lines announce. Each
 * byte is looked at once, wherever the stream is split; a line that lies whole in the
 * bytes fed is passed on without a copy. What is kept never exceeds the largest message.
 * Not thread-safe: used on the I/O thread.
 */
public final class LineFramer {

	/**
	 * How much of an oversized line is kept at most, to find its id in.
	 */
	public static final int HEAD = 64 * 1024;

	/** What is kept of the buffer for split lines after a larger one. */
	private static final int RETAINED = 256 * 1024;

	private static final byte[] NOTHING = {};

	private final int maxMessageSize;

	private final Lines lines;

	private State state = State.LINE;

	private byte[] pending = NOTHING;

	private int pendingLength;

	private long payloadLeft;

	private long bytesExamined;

	/**
	 * Makes a framer.
	 * @param maxMessageSize most bytes of a line, without its newline (a {@code \r}
	 * before it counts)
	 * @param lines is told what was found
	 */
	public LineFramer(int maxMessageSize, Lines lines) {
		this.maxMessageSize = maxMessageSize;
		this.lines = lines;
	}

	/**
	 * Takes the next bytes of the stream, and reports every line that they end.
	 * @param buffer holds them; read only during the call
	 * @param offset of the first
	 * @param length how many
	 */
	public void feed(byte[] buffer, int offset, int length) {
		int pos = offset;
		int end = offset + length;
		while (pos < end && this.state != State.STOPPED) {
			pos = switch (this.state) {
				case LINE -> line(buffer, pos, end);
				case DISCARD -> discard(buffer, pos, end);
				case PAYLOAD -> payload(buffer, pos, end);
				case PAYLOAD_END -> payloadEnd(buffer, pos);
				case STOPPED -> end;
			};
		}
	}

	/**
	 * Says that the line just reported is followed by raw bytes and a newline. To be
	 * called from inside {@link Lines#line}.
	 * @param bytes how many, from 0
	 */
	public void expectPayload(long bytes) {
		if (bytes < 0) {
			throw new IllegalArgumentException("A payload of " + bytes + " bytes");
		}
		if (this.state != State.STOPPED) {
			this.payloadLeft = bytes;
			this.state = State.PAYLOAD;
		}
	}

	/**
	 * Ignores everything that follows. May be called from inside a callback.
	 */
	public void stop() {
		this.state = State.STOPPED;
		this.pending = NOTHING;
		this.pendingLength = 0;
	}

	/**
	 * Whether the stream, if it ended now, would end in the middle of a line or payload.
	 * @return true if something unfinished is pending
	 */
	public boolean midLine() {
		return this.pendingLength > 0 || (this.state != State.LINE && this.state != State.STOPPED);
	}

	/**
	 * How many bytes were searched or copied so far: the work done.
	 */
	long bytesExamined() {
		return this.bytesExamined;
	}

	int retained() {
		return this.pending.length;
	}

	private int line(byte[] buffer, int pos, int end) {
		int room = this.maxMessageSize - this.pendingLength;
		int limit = (end - pos > room) ? pos + room + 1 : end;
		int newline = Swar.indexOf(buffer, pos, limit, '\n');
		this.bytesExamined += newline - pos;
		if (newline == limit) {
			if (limit - pos > room) {
				oversized(buffer, pos, limit);
				return limit;
			}
			keep(buffer, pos, limit);
			return limit;
		}
		if (this.pendingLength == 0) {
			report(buffer, pos, newline);
		}
		else {
			keep(buffer, pos, newline);
			reportPending();
		}
		return newline + 1;
	}

	private void reportPending() {
		byte[] line = this.pending;
		int length = this.pendingLength;
		this.pendingLength = 0;
		report(line, 0, length);
		if (this.pending.length > RETAINED) {
			this.pending = NOTHING;
		}
	}

	private void report(byte[] buffer, int start, int end) {
		int last = (end > start && buffer[end - 1] == '\r') ? end - 1 : end;
		if (!isBlank(buffer, start, last)) {
			this.lines.line(buffer, start, last - start);
			if (this.state == State.PAYLOAD && this.payloadLeft == 0) {
				this.state = State.PAYLOAD_END;
				this.lines.raw(NOTHING, 0, 0, true);
			}
		}
	}

	private void oversized(byte[] buffer, int start, int end) {
		this.state = State.DISCARD;
		int headLength = Math.min(HEAD, this.maxMessageSize);
		byte[] head = buffer;
		int headStart = start;
		if (this.pendingLength > 0) {
			if (this.pendingLength < headLength) {
				keep(buffer, start, start + Math.min(end - start, headLength - this.pendingLength));
			}
			head = this.pending;
			headStart = 0;
			this.pendingLength = 0;
			this.pending = NOTHING;
		}
		this.lines.oversized(head, headStart, headLength);
	}

	private int discard(byte[] buffer, int pos, int end) {
		int newline = Swar.indexOf(buffer, pos, end, '\n');
		this.bytesExamined += newline - pos;
		if (newline == end) {
			return end;
		}
		this.state = State.LINE;
		return newline + 1;
	}

	private int payload(byte[] buffer, int pos, int end) {
		int piece = (int) Math.min(end - pos, this.payloadLeft);
		this.payloadLeft -= piece;
		boolean last = this.payloadLeft == 0;
		if (last) {
			this.state = State.PAYLOAD_END;
		}
		this.lines.raw(buffer, pos, piece, last);
		return pos + piece;
	}

	private int payloadEnd(byte[] buffer, int pos) {
		if (buffer[pos] == '\n') {
			this.state = State.LINE;
		}
		else {
			stop();
			this.lines.brokenPayload(
					"byte 0x%02x instead of the newline that ends a raw payload".formatted(buffer[pos] & 0xff));
		}
		return pos + 1;
	}

	private void keep(byte[] buffer, int start, int end) {
		int length = this.pendingLength + end - start;
		if (length > this.pending.length) {
			int capacity = (int) Math.min(this.maxMessageSize, Math.max(1024L, this.pending.length * 2L));
			this.pending = Arrays.copyOf(this.pending, Math.max(capacity, length));
			this.bytesExamined += this.pendingLength;
		}
		System.arraycopy(buffer, start, this.pending, this.pendingLength, end - start);
		this.bytesExamined += end - start;
		this.pendingLength = length;
	}

	private static boolean isBlank(byte[] buffer, int start, int end) {
		for (int i = start; i < end; i++) {
			if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
				return false;
			}
		}
		return true;
	}

	private enum State {

		/** In a line, or before one. */
		LINE,

		/** In the rest of an oversized line. */
		DISCARD,

		/** In a payload. */
		PAYLOAD,

		/** Before the newline that ends a payload. */
		PAYLOAD_END,

		/** Nothing more is wanted. */
		STOPPED

	}

	/**
	 * Is told what the framer finds, in the order of the stream. Buffers are valid during
	 * the call only.
	 */
	public interface Lines {

		/**
		 * A line that is not blank.
		 * @param buffer holds it
		 * @param offset of its first byte
		 * @param length its length, without {@code \n} and without a {@code \r} before it
		 */
		void line(byte[] buffer, int offset, int length);

		/**
		 * A line over the limit; called once for each, as soon as the limit is passed.
		 * The rest of it is discarded.
		 * @param head holds its first bytes
		 * @param offset of the first
		 * @param length how many: {@link LineFramer#HEAD} or the largest message,
		 * whichever is less
		 */
		void oversized(byte[] head, int offset, int length);

		/**
		 * A piece of the payload that was announced by
		 * {@link LineFramer#expectPayload(long)}.
		 * @param buffer holds it
		 * @param offset of its first byte
		 * @param length its length; 0 only for an empty payload
		 * @param last whether it is the last one
		 */
		void raw(byte[] buffer, int offset, int length, boolean last);

		/**
		 * A payload was not followed by a newline. What comes after it cannot be told
		 * apart any more: the connection must end, and the framer has stopped.
		 * @param what a readable account
		 */
		void brokenPayload(String what);

	}

}
