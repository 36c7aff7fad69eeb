package dev.rustbridge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The members of a line that mean something; all others are skipped.
 */
enum Member {

	ID(0, "id"),

	EVENT(1, "event"),

	METHOD(2, "method"),

	STREAM(3, "stream"),

	DATA(4, "data"),

	BYTES(5, "bytes"),

	SUCCESS(6, "success"),

	RESULT(7, "result"),

	ERROR(8, "error"),

	CODE(9, "code"),

	DETAILS(10, "details"),

	CREDIT(11, "credit"),

	CANCEL(12, "cancel"),

	PARAMS(13, "params"),

	DEADLINE_MS(14, "deadlineMs"),

	TRACE(15, "trace");

	private static final int LONGEST = 10;

	/** By the length of the name. */
	private static final Member[][] BY_LENGTH = new Member[LONGEST + 1][];

	static {
		for (int length = 0; length <= LONGEST; length++) {
			int wanted = length;
			BY_LENGTH[length] = Arrays.stream(values())
				.filter((member) -> member.text.length() == wanted)
				.toArray(Member[]::new);
		}
	}

	private final int slot;

	private final String text;

	Member(int slot, String text) {
		this.slot = slot;
		this.text = text;
	}

	/** Where an envelope keeps it: from 0, without gaps. */
	int slot() {
		return this.slot;
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
			if (member.is(buffer, from)) {
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

	private boolean is(byte[] buffer, int from) {
		for (int i = 0; i < this.text.length(); i++) {
			if (buffer[from + i] != this.text.charAt(i)) {
				return false;
			}
		}
		return true;
	}

}
