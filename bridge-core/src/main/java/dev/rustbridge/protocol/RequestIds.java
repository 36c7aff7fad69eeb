package dev.rustbridge.protocol;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ids of our own calls: {@code req_}, six random characters, and a number that is
 * never given twice, as in {@code req_k3x9q2_17}. One object serves a bridge for as long
 * as it lives, so that no id comes again after a reconnect; the random part keeps hosts
 * apart that share a daemon. Thread-safe.
 */
public final class RequestIds {

	private static final int RANDOM_CHARACTERS = 6;

	/** More digits would overflow; no bridge lives that long. */
	private static final int MOST_DIGITS = 18;

	private final byte[] prefix;

	private final String prefixText;

	private final AtomicLong last = new AtomicLong();

	RequestIds(String prefix) {
		this.prefixText = prefix;
		this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Makes ids with a new random part.
	 * @return ids that start at 1
	 */
	public static RequestIds random() {
		SecureRandom random = new SecureRandom();
		StringBuilder prefix = new StringBuilder("req_");
		for (int i = 0; i < RANDOM_CHARACTERS; i++) {
			prefix.append(Character.forDigit(random.nextInt(Character.MAX_RADIX), Character.MAX_RADIX));
		}
		return new RequestIds(prefix.append('_').toString());
	}

	/**
	 * The next number.
	 * @return 1, 2, 3 and so on
	 */
	public long next() {
		return this.last.incrementAndGet();
	}

	/**
	 * The id of a number.
	 * @param sequence a number that {@link #next()} gave
	 * @return the id as text
	 */
	public String format(long sequence) {
		return this.prefixText + sequence;
	}

	/**
	 * Recognises an id. Allocates nothing.
	 * @param buffer holds the id, without quotes
	 * @param offset of its first byte
	 * @param length its length
	 * @return the number of an id that has our form, else -1
	 */
	public long parse(byte[] buffer, int offset, int length) {
		int digits = length - this.prefix.length;
		if (digits < 1 || digits > MOST_DIGITS) {
			return -1;
		}
		int start = offset + this.prefix.length;
		if (buffer[start] == '0' || !Arrays.equals(buffer, offset, start, this.prefix, 0, this.prefix.length)) {
			return -1;
		}
		long sequence = 0;
		for (int i = start; i < start + digits; i++) {
			int digit = buffer[i] - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			sequence = sequence * 10 + digit;
		}
		return sequence;
	}

	byte[] prefix() {
		return this.prefix;
	}

}
