package dev.rustbridge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The members of a line that mean something; all others are skipped.
 */
enum Member {

	ID("id"), EVENT("event"), METHOD("method"), STREAM("stream"), DATA("data"), BYTES("bytes"), SUCCESS("success"),
	RESULT("result"), ERROR("error"), CODE("code"), DETAILS("details"), CREDIT("credit"), CANCEL("cancel"),
	PARAMS("params"), DEADLINE_MS("deadlineMs"), TRACE("trace");

	private static final int LONGEST = 10;

	/** By the length of the name. */
	private static final Member[][] BY_LENGTH = new Member[LONGEST + 1][];

	static {
		for (int length = 0; length <= LONGEST; length++) {
			int wanted = length;
			BY_LENGTH[length] = Arrays.stream(values())
				.filter((member) -> member.bytes.length == wanted)
				.toArray(Member[]::new);
		}
	}

	private final byte[] bytes;

	Member(String name) {
		this.bytes = name.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Recognises a name that holds no escapes.
	 */
	static @Nullable Member of(byte[] buffer, int from, int to) {
		int length = to - from;
		if (length > LONGEST) {
			return null;
		}
		for (Member member : BY_LENGTH[length]) {
			if (buffer[from] == member.bytes[0]
					&& Arrays.equals(buffer, from, to, member.bytes, 0, member.bytes.length)) {
				return member;
			}
		}
		return null;
	}

	/**
	 * Recognises a name that holds escapes.
	 */
	static @Nullable Member ofEscaped(byte[] buffer, int from, int to) {
		byte[] plain = JsonText.unescape(buffer, from, to).getBytes(StandardCharsets.UTF_8);
		return of(plain, 0, plain.length);
	}

}
