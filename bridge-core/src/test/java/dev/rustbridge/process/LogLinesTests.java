package dev.rustbridge.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogLinesTests {

	private final List<String> seen = new ArrayList<>();

	private final LogLines lines = new LogLines(this.seen::add);

	private void write(byte[] bytes) {
		this.lines.onBytes(bytes, 0, bytes.length);
	}

	private void write(String text) {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void linesAreSplitWhereverReadsEnd() {
		write("one\ntw");
		write("o\n");
		write("three");

		assertThat(this.seen).containsExactly("one", "two");
	}

	@Test
	void whatIsLeftComesAtTheEnd() {
		write("last words");
		this.lines.onEnd();
		this.lines.onEnd();

		assertThat(this.seen).containsExactly("last words");
	}

	@Test
	void aCharacterSplitAcrossReadsComesOutWhole() {
		byte[] bytes = "naïve 😀\n".getBytes(StandardCharsets.UTF_8);
		for (byte b : bytes) {
			write(new byte[] { b });
		}

		assertThat(this.seen).containsExactly("naïve 😀");
	}

	@Test
	void whatIsNoUtf8IsReplaced() {
		write(new byte[] { 'a', (byte) 0xFF, 'b', '\n' });

		assertThat(this.seen).containsExactly("a\uFFFDb");
	}

	@Test
	void aCarriageReturnIsNoPartOfTheLine() {
		write("dos\r\n");

		assertThat(this.seen).containsExactly("dos");
	}

	@Test
	void aLineWithoutAnEndIsCutInBoundedMemory() {
		byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 160; i++) {
			write(piece);
		}
		write("\nnext\n");

		assertThat(this.seen).hasSize(2);
		assertThat(this.seen.get(0)).hasSizeLessThan(LogLines.MAX_LINE + 100)
			.endsWith("[… %d bytes cut off]".formatted(160 * piece.length - LogLines.MAX_LINE));
		assertThat(this.seen.get(1)).isEqualTo("next");
	}

	@Test
	void coloursAndControlCharactersAreStripped() {
		write("\u001B[2m2026-01-02\u001B[0m \u001B[32m INFO\u001B[0m a\u0007b\u001B]0;title\u0007c\td\u001B\n");

		assertThat(this.seen).containsExactly("2026-01-02  INFO abc\td");
	}

}
