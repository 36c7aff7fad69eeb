package dev.rustbridge.protocol;

import java.io.InputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectReader;

/**
 * Reads one value after the other by one parser: to make a parser for each was a fifth of
 * the time of a small answer, and two thirds of what it allocated. To the parser all
 * values are one stream, with a blank after each. Used by one thread at a time, and given
 * up after a failure.
 */
final class ValueReader {

	/**
	 * After so many bytes the parser is exchanged: it keeps every name that it has seen,
	 * and a daemon may never stop inventing new ones.
	 */
	private static final long LIFETIME = 1024 * 1024;

	private final Feed feed = new Feed();

	private long fed;

	private @Nullable JsonParser parser;

	/**
	 * Reads a value.
	 * @param reader knows the type
	 * @param buffer holds the value, which must be valid JSON
	 * @param offset of its first byte
	 * @param length its length
	 * @return the value
	 */
	@Nullable Object read(ObjectReader reader, byte[] buffer, int offset, int length) {
		JsonParser open = this.parser;
		if (open == null) {
			// it looks at the first four bytes, to find out about their encoding
			this.feed.next(Feed.BLANKS, 0, Feed.BLANKS.length);
			open = reader.createParser(this.feed);
			this.parser = open;
		}
		this.feed.next(buffer, offset, length);
		this.fed += length;
		try {
			return reader.readValue(open);
		}
		finally {
			this.feed.letGo();
		}
	}

	/**
	 * Whether the next value can follow: the parser is not too old, and has read the last
	 * one to its end, which not every deserializer does.
	 */
	boolean isReusable() {
		JsonParser open = this.parser;
		return open != null && this.fed < LIFETIME && this.feed.left == 0 && !open.isClosed()
				&& open.streamReadContext().inRoot();
	}

	/**
	 * Gives the parser's buffers back.
	 */
	void close() {
		if (this.parser != null) {
			this.parser.close();
		}
	}

	/** The bytes of the present value, and then one blank. */
	private static final class Feed extends InputStream {

		static final byte[] BLANKS = { ' ', ' ', ' ', ' ' };

		private byte[] buffer = BLANKS;

		private int position;

		private int left;

		private boolean blankGiven;

		void next(byte[] buffer, int offset, int length) {
			this.buffer = buffer;
			this.position = offset;
			this.left = length;
			this.blankGiven = false;
		}

		/** The buffer may be that of a very long line. */
		void letGo() {
			this.buffer = BLANKS;
		}

		@Override
		public int read() {
			byte[] one = new byte[1];
			return (read(one, 0, 1) > 0) ? one[0] & 0xff : -1;
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			int count = Math.min(length, this.left);
			System.arraycopy(this.buffer, this.position, target, offset, count);
			this.position += count;
			this.left -= count;
			if (count < length && !this.blankGiven) {
				this.blankGiven = true;
				target[offset + count++] = ' ';
			}
			return (count > 0) ? count : -1;
		}

	}

}
