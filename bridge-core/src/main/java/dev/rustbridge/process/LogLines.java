package dev.rustbridge.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of text. A line is gathered as bytes and decoded as a whole, so
 * that characters split across reads come out right; what is no UTF-8 becomes U+FFFD.
 * Memory is bounded: of a line that is too long only its beginning is kept, until its
 * newline comes. For one thread at a time.
 */
final class LogLines {

	/** Longest line that is kept, in bytes; more than any message for people has. */
	static final int MAX_LINE = 16 * 1024;

	private final Consumer<String> lines;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

	private long cut;

	/**
	 * Makes a splitter.
	 * @param lines takes each line, without its newline and terminal control
	 */
	LogLines(Consumer<String> lines) {
		this.lines = lines;
	}

	void onBytes(byte[] buffer, int offset, int length) {
		int end = offset + length;
		int start = offset;
		for (int i = offset; i < end; i++) {
			if (buffer[i] == '\n') {
				gather(buffer, start, i - start);
				emit();
				start = i + 1;
			}
		}
		gather(buffer, start, end - start);
	}

	/** Tells what is left without a newline. */
	void onEnd() {
		if (this.line.size() > 0) {
			emit();
		}
	}

	private void gather(byte[] buffer, int offset, int length) {
		int kept = Math.min(length, MAX_LINE - this.line.size());
		this.line.write(buffer, offset, kept);
		this.cut += length - kept;
	}

	private void emit() {
		String text = AnsiCodes.strip(this.line.toString(StandardCharsets.UTF_8));
		this.lines.accept((this.cut == 0) ? text : text + " [… " + this.cut + " bytes cut off]");
		this.line.reset();
		this.cut = 0;
	}

}
