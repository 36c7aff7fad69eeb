package dev.rustbridge.benchmarks;

/** What travels, as the types that a caller would use. */
public final class Messages {

	private Messages() {
	}

	/** Params and result of {@code echo}. */
	public record Echo(long seq, String text) {
	}

	/** Params of {@code stream}. */
	public record StreamAsk(int count, int size) {
	}

	/** A chunk of {@code stream}. */
	public record Tick(long n, String text) {
	}

	/** Result of {@code stream}. */
	public record StreamEnd(long count) {
	}

	/** Params of {@code result}, result of {@code sink}. */
	public record Size(long size) {
	}

	/** Result of {@code result}, params of {@code sink}. */
	public record Blob(String text) {

		private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

		/** The text that every daemon answers with, and that is sent to it. */
		public static Blob of(int size) {
			return new Blob(ALPHABET.repeat(size / ALPHABET.length() + 1).substring(0, size));
		}
	}

}
