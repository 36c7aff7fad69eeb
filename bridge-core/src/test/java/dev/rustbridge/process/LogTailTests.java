package dev.rustbridge.process;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogTailTests {

	@Test
	void onlyTheLastLinesAreKept() {
		LogTail tail = new LogTail(3);
		IntStream.range(0, 10).forEach((i) -> tail.add("line " + i));

		assertThat(tail.snapshot()).containsExactly("line 7", "line 8", "line 9");
	}

	@Test
	void longLinesAreCut() {
		LogTail tail = new LogTail(1);
		tail.add("x".repeat(10_000));

		assertThat(tail.snapshot()).singleElement().asString().hasSizeLessThan(2100).endsWith("…");
	}

	@Test
	void noneAreKeptIfNoneAreWanted() {
		LogTail tail = new LogTail(0);
		tail.add("line");

		assertThat(tail.snapshot()).isEmpty();
	}

}
