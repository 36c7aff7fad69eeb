package dev.rustbridge.test.conformance;

import java.util.Locale;

/**
 * What a method of the daemon can be used for. The kit knows no method of a daemon, and
 * calls none that it was not told.
 */
public enum MethodRole {

	/**
	 * Answers with the very parameters that it was given, of any shape.
	 */
	ECHO("answers with its parameters, whatever they are"),
	/**
	 * Succeeds at once, with any result or none.
	 */
	COMMAND("succeeds at once, with any result or none"),
	/**
	 * Streams five chunks or more, without waiting, then answers.
	 */
	STREAM("streams five chunks or more without a pause, then answers"),
	/**
	 * Takes longer than all time limits of the kit, without chunks.
	 */
	SLOW("answers only after a minute or more"),
	/**
	 * Fails.
	 */
	FAIL("fails"),
	/**
	 * Takes uploaded items, and answers after their end.
	 */
	UPLOAD("takes uploaded items, and answers after their end"),
	/**
	 * Streams raw bytes.
	 */
	DOWNLOAD("streams raw bytes, then answers"),
	/**
	 * Takes uploaded raw bytes, and answers after their end.
	 */
	UPLOAD_BYTES("takes uploaded raw bytes, and answers after their end"),
	/**
	 * Calls its host, and waits for the answer.
	 */
	CALLING("calls its host, and answers when the host did");

	private final String text;

	MethodRole(String text) {
		this.text = text;
	}

	/**
	 * The option of the command line that names such a method.
	 * @return the option, such as {@code --upload-bytes}
	 */
	public String option() {
		return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What is expected of the method.
	 * @return a few words
	 */
	public String text() {
		return this.text;
	}

}
