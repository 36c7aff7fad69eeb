package dev.rustbridge.transport;

/**
 * What the far end of a link does in the tests of transports.
 *
 * @param kind what it does
 * @param bytes how many bytes it writes, where it writes a number of them
 */
public record Behaviour(Kind kind, int bytes) {

	public static Behaviour echoing() {
		return new Behaviour(Kind.ECHO, 0);
	}

	public static Behaviour counting() {
		return new Behaviour(Kind.COUNT, 0);
	}

	public static Behaviour emitting(int bytes) {
		return new Behaviour(Kind.EMIT, bytes);
	}

	public static Behaviour flooding() {
		return new Behaviour(Kind.FLOOD, 0);
	}

	public static Behaviour ignoring() {
		return new Behaviour(Kind.IGNORE, 0);
	}

	public static Behaviour endingOutputOnly() {
		return new Behaviour(Kind.END_OUTPUT_ONLY, 0);
	}

	public enum Kind {

		/** Writes back what it reads, and ends with its input. */
		ECHO,

		/** Reads to the end of its input, writes how many bytes that were, ends. */
		COUNT,

		/** Writes a number of bytes, reads nothing, ends. */
		EMIT,

		/** Writes for ever, reads nothing. */
		FLOOD,

		/** Neither reads nor writes. */
		IGNORE,

		/** Ends its output and lives on. */
		END_OUTPUT_ONLY

	}

}
