package dev.rustbridge.protocol;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LineFramerTests {

	private final RecordedLines lines = new RecordedLines(100);

	@Test
	void eachLineIsReported() {
		assertThat(feed("one\ntwo\nthree\n")).containsExactly("line one", "line two", "line three");
	}

	@Test
	void aLineIsReportedOnceItsNewlineCame() {
		assertThat(feed("on")).isEmpty();
		assertThat(feed("e")).isEmpty();
		assertThat(feed("\n")).containsExactly("line one");
	}

	@Test
	void aCarriageReturnBeforeTheNewlineIsStripped() {
		assertThat(feed("one\r\ntwo\r", "\n")).containsExactly("line one", "line two");
	}

	@Test
	void onlyOneCarriageReturnIsStripped() {
		assertThat(feed("one\r\r\n")).containsExactly("line one\r");
	}

	@Test
	void blankLinesAreSkipped() {
		assertThat(feed("\n\r\n \n\t \r\n\r\r\n", "  ", "\n", "one\n")).containsExactly("line one");
	}

	@Test
	void aWholeLineIsNotCopied() {
		byte[] stream = Bytes.utf8("skipped\nwhole\nrest");
		byte[][] seen = new byte[1][];
		LineFramer framer = new LineFramer(100, new Ignoring() {
			@Override
			public void line(byte[] buffer, int offset, int length) {
				seen[0] = buffer;
			}
		});
		framer.feed(stream, 8, stream.length - 8);
		assertThat(seen[0]).isSameAs(stream);
	}

	@Test
	void aLineOfExactlyTheLimitPasses() {
		String line = "x".repeat(100);
		assertThat(feed(line + "\n", line, "\n")).containsExactly("line " + line, "line " + line);
	}

	@Test
	void aLineOverTheLimitIsReportedAsSoonAsTheLimitIsPassed() {
		assertThat(feed("x".repeat(100))).isEmpty();
		assertThat(feed("x")).containsExactly("oversized " + "x".repeat(100));
		assertThat(feed("more", "and more\nnext\n")).containsExactly("oversized " + "x".repeat(100), "line next");
	}

	@Test
	void theTailOfAnOversizedLineIsNoLine() {
		assertThat(feed("x".repeat(150) + "{\"id\":1}\nnext\n")).containsExactly("oversized " + "x".repeat(100),
				"line next");
	}

	@Test
	void theHeadOfAnOversizedLineIsBounded() {
		RecordedLines large = new RecordedLines(1_000_000);
		byte[] piece = new byte[100_000];
		Arrays.fill(piece, (byte) 'x');
		for (int i = 0; i < 20; i++) {
			large.feed(piece);
		}
		assertThat(large.log()).containsExactly("oversized " + "x".repeat(LineFramer.HEAD));
		assertThat(large.framer().retained()).isZero();
	}

	@Test
	void theBufferShrinksAfterALargeLine() {
		RecordedLines large = new RecordedLines(50_000_000);
		byte[] piece = new byte[1_000_000];
		Arrays.fill(piece, (byte) 'x');
		for (int i = 0; i < 20; i++) {
			large.feed(piece);
		}
		assertThat(large.framer().retained()).isGreaterThanOrEqualTo(20_000_000);
		large.feed(Bytes.utf8("\nsmall"));
		assertThat(large.framer().retained()).isLessThanOrEqualTo(256 * 1024);
	}

	@Test
	void theBufferNeverExceedsTheLimit() {
		RecordedLines large = new RecordedLines(100_000);
		byte[] piece = new byte[1_000];
		Arrays.fill(piece, (byte) 'x');
		for (int i = 0; i < 100; i++) {
			large.feed(piece);
			assertThat(large.framer().retained()).isLessThanOrEqualTo(100_000);
		}
		assertThat(large.log()).isEmpty();
	}

	@Test
	void anAnnouncedPayloadIsRaw() {
		assertThat(feed("<5\na\nb\r\n\nnext\n")).containsExactly("line <5", "payload a\nb\r\n", "line next");
	}

	@Test
	void aPayloadComesInPieces() {
		assertThat(feed("<5\nab", "c", "de", "\n", "next\n")).containsExactly("line <5", "payload abcde", "line next");
	}

	@Test
	void aPayloadMayBeEmpty() {
		assertThat(feed("<0\n", "\nnext\n")).containsExactly("line <0", "payload ", "line next");
	}

	@Test
	void aPayloadIsNotLimitedByTheMessageSize() {
		assertThat(feed("<5000\n" + "x".repeat(5000) + "\nnext\n")).containsExactly("line <5000",
				"payload " + "x".repeat(5000), "line next");
	}

	@Test
	void aPayloadIsNeverBuffered() {
		byte[] piece = new byte[100_000];
		long[] seen = new long[1];
		LineFramer[] framer = new LineFramer[1];
		framer[0] = new LineFramer(100, new Ignoring() {
			@Override
			public void line(byte[] buffer, int offset, int length) {
				framer[0].expectPayload(1L << 40);
			}

			@Override
			public void raw(byte[] buffer, int offset, int length, boolean last) {
				assertThat(buffer).isSameAs(piece);
				seen[0] += length;
			}
		});
		framer[0].feed(Bytes.utf8("header\n"), 0, 7);
		for (int i = 0; i < 10; i++) {
			framer[0].feed(piece, 0, piece.length);
		}
		assertThat(seen[0]).isEqualTo(1_000_000);
		assertThat(framer[0].retained()).isZero();
	}

	@Test
	void aPayloadWithoutItsNewlineStopsTheFramer() {
		assertThat(feed("<2\nabcnext\nanother\n", "third\n")).containsExactly("line <2", "payload ab",
				"broken byte 0x63 instead of the newline that ends a raw payload");
		assertThat(this.lines.framer().midLine()).isFalse();
	}

	@Test
	void aNegativePayloadIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.lines.framer().expectPayload(-1));
	}

	@Test
	void onceStoppedNothingIsReported() {
		assertThat(feed("one\nstop\ntwo\n", "three\n")).containsExactly("line one", "line stop");
	}

	@Test
	void onceStoppedNoPayloadIsExpected() {
		feed("stop\n");
		this.lines.framer().expectPayload(2);
		assertThat(feed("ab\n")).containsExactly("line stop");
		assertThat(this.lines.framer().midLine()).isFalse();
	}

	@Test
	void stoppingWorksFromAPendingLine() {
		assertThat(feed("st", "op\ntwo\n", "x".repeat(200))).containsExactly("line stop");
	}

	@Test
	void anUnfinishedLineIsNoticed() {
		assertThat(this.lines.framer().midLine()).isFalse();
		feed("on");
		assertThat(this.lines.framer().midLine()).isTrue();
		feed("e\n");
		assertThat(this.lines.framer().midLine()).isFalse();
	}

	@Test
	void anUnfinishedOversizedLineIsNoticed() {
		feed("x".repeat(101));
		assertThat(this.lines.framer().midLine()).isTrue();
		feed("\n");
		assertThat(this.lines.framer().midLine()).isFalse();
	}

	@Test
	void anUnfinishedPayloadIsNoticed() {
		feed("<1\n");
		assertThat(this.lines.framer().midLine()).isTrue();
		feed("x");
		assertThat(this.lines.framer().midLine()).isTrue();
		feed("\n");
		assertThat(this.lines.framer().midLine()).isFalse();
	}

	private List<String> feed(String... pieces) {
		for (String piece : pieces) {
			this.lines.feed(Bytes.utf8(piece));
		}
		return this.lines.log();
	}

	private abstract static class Ignoring implements LineFramer.Lines {

		@Override
		public void line(byte[] buffer, int offset, int length) {
		}

		@Override
		public void oversized(byte[] head, int offset, int length) {
		}

		@Override
		public void raw(byte[] buffer, int offset, int length, boolean last) {
		}

		@Override
		public void brokenPayload(String what) {
		}

	}

}
