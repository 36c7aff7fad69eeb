package dev.rustbridge.test.conformance.wire;

/**
 * Something that no daemon may send, whatever it was asked.
 *
 * @param kind what is wrong with it
 * @param line the line
 */
public record Violation(Kind kind, String line) {

	/**
	 * What can be wrong with a line.
	 */
	public enum Kind {

		/**
		 * It is no line of the protocol.
		 */
		NOISE("a line that is none of the protocol"),
		/**
		 * It answers a command that was answered before.
		 */
		ANSWERED_TWICE("a second answer to a command"),
		/**
		 * It has an id that no command has.
		 */
		STRANGER("an id that no command was sent with"),
		/**
		 * It is a chunk of a command that was answered before.
		 */
		LATE_CHUNK("a chunk behind the answer"),
		/**
		 * It uses a part of the protocol that was not agreed on.
		 */
		NOT_AGREED("something that was not agreed on");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

		/**
		 * What is wrong, for people.
		 * @return the words
		 */
		public String text() {
			return this.text;
		}

	}

}
