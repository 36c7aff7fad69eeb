package dev.rustbridge.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However a stream is split, the same is found; and the work is linear in its length.
 */
class LineFramerSplitTests {

	private static final int LIMIT = 12;

	@Test
	void everySplitOfAShortStreamFindsTheSame() {
		byte[] stream = Bytes.utf8("a\r\n\n<3\nx\ny\nb\n");
		List<String> expected = List.of("line a", "line <3", "payload x\ny", "line b");
		for (int splits = 0; splits < 1 << stream.length - 1; splits++) {
			RecordedLines lines = new RecordedLines(LIMIT);
			int from = 0;
			for (int to = 1; to <= stream.length; to++) {
				if (to == stream.length || (splits & 1 << to - 1) != 0) {
					lines.feed(stream, from, to);
					from = to;
				}
			}
			assertThat(lines.log()).as("splits %s", Integer.toBinaryString(splits)).isEqualTo(expected);
		}
	}

	@Test
	void everyPairOfSplitsOfALongerStreamFindsTheSame() {
		byte[] stream = Bytes.utf8("first\r\n \n<11\nraw\n\r\n\u00e4\u00e4x\nlimit-limit.\nlimit-limit.!\n" + "<0\n\n"
				+ "far over the limit, and more\r\n" + "<2\nabbroken\nnever seen\n");
		List<String> expected = reference(stream);
		assertThat(expected).hasSize(11);
		for (int first = 0; first <= stream.length; first++) {
			for (int second = first; second <= stream.length; second++) {
				RecordedLines lines = new RecordedLines(LIMIT).feed(stream, 0, first)
					.feed(stream, first, second)
					.feed(stream, second, stream.length);
				assertThat(lines.log()).as("splits at %s and %s", first, second).isEqualTo(expected);
			}
		}
	}

	@Test
	void randomSplitsOfRandomStreamsFindTheSame() {
		for (int seed = 0; seed < 5_000; seed++) {
			Random random = new Random(seed);
			byte[] stream = stream(random);
			RecordedLines lines = new RecordedLines(LIMIT);
			int longest = 1 + random.nextInt(30);
			for (int from = 0; from < stream.length;) {
				int to = Math.min(stream.length, from + random.nextInt(longest + 1));
				lines.feed(stream, from, to);
				from = to;
			}
			assertThat(lines.log()).as("seed %s", seed).isEqualTo(reference(stream));
		}
	}

	@Test
	void theWorkForALineGrowsWithItsLengthAlone() {
		assertThat(workFor(4_000_000, 1)).isLessThan(5 * 4_000_000L);
		assertThat(workFor(4_000_000, 1_000)).isLessThan(5 * 4_000_000L);
		assertThat(workFor(40_000_000, 65_536)).isLessThan(5 * 40_000_000L);
	}

	@Test
	void theWorkForWholeLinesIsOneLookAtEachByte() {
		byte[] stream = Bytes.utf8("0123456789\n".repeat(1_000));
		RecordedLines lines = new RecordedLines(LIMIT).feed(stream);
		assertThat(lines.log()).hasSize(1_000);
		assertThat(lines.framer().bytesExamined()).isLessThanOrEqualTo(stream.length);
	}

	@Test
	void theWorkForAnOversizedLineIsOneLookAtEachByte() {
		RecordedLines lines = new RecordedLines(1_000);
		byte[] piece = new byte[10_000];
		Arrays.fill(piece, (byte) 'x');
		for (int i = 0; i < 1_000; i++) {
			lines.feed(piece);
		}
		assertThat(lines.framer().bytesExamined()).isLessThanOrEqualTo(10_000_000L + 10_000);
	}

	private static long workFor(int length, int piece) {
		byte[] bytes = new byte[piece];
		Arrays.fill(bytes, (byte) 'x');
		RecordedLines lines = new RecordedLines(50_000_000);
		for (int fed = 0; fed < length; fed += piece) {
			lines.framer().feed(bytes, 0, Math.min(piece, length - fed));
		}
		lines.feed(new byte[] { '\n' });
		assertThat(lines.log()).hasSize(1);
		return lines.framer().bytesExamined();
	}

	private static byte[] stream(Random random) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		int parts = random.nextInt(20);
		for (int i = 0; i < parts; i++) {
			switch (random.nextInt(8)) {
				case 0 -> stream.writeBytes(Bytes.utf8("\r\n"));
				case 1 -> stream.writeBytes(Bytes.utf8(" \t\n"));
				case 2 -> payload(stream, random);
				case 3 -> stream.writeBytes(Bytes.utf8("x".repeat(LIMIT - 1 + random.nextInt(3)) + "\n"));
				case 4 -> stream.writeBytes(Bytes.utf8("x".repeat(random.nextInt(60)) + "\n"));
				default -> noise(stream, random);
			}
		}
		return stream.toByteArray();
	}

	private static void payload(ByteArrayOutputStream stream, Random random) {
		byte[] payload = new byte[random.nextInt(40)];
		random.nextBytes(payload);
		stream.writeBytes(Bytes.utf8("<" + payload.length + "\n"));
		stream.writeBytes(payload);
		if (random.nextInt(10) > 0) {
			stream.write('\n');
		}
	}

	private static void noise(ByteArrayOutputStream stream, Random random) {
		byte[] noise = new byte[random.nextInt(LIMIT + 4)];
		random.nextBytes(noise);
		stream.writeBytes(noise);
		stream.writeBytes(Bytes.utf8((random.nextInt(4) > 0) ? "\n" : "\r\n"));
	}

	/** The rules once more, on the whole stream. */
	private static List<String> reference(byte[] bytes) {
		String stream = RecordedLines.latin1(bytes, 0, bytes.length);
		List<String> log = new ArrayList<>();
		int pos = 0;
		while (pos < stream.length()) {
			int newline = stream.indexOf('\n', pos);
			String line = stream.substring(pos, (newline < 0) ? stream.length() : newline);
			if (line.length() > LIMIT) {
				log.add("oversized " + line.substring(0, LIMIT));
			}
			if (newline < 0) {
				break;
			}
			pos = newline + 1;
			String stripped = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
			if (line.length() > LIMIT || stripped.matches("[ \t\r]*")) {
				continue;
			}
			log.add("line " + stripped);
			if (stripped.matches("<\\d{1,18}")) {
				long end = pos + Long.parseLong(stripped.substring(1));
				if (end > stream.length()) {
					break;
				}
				log.add("payload " + stream.substring(pos, (int) end));
				pos = (int) end + 1;
				if (end < stream.length() && stream.charAt((int) end) != '\n') {
					byte wrong = stream.substring((int) end).getBytes(StandardCharsets.ISO_8859_1)[0];
					log.add("broken byte 0x%02x instead of the newline that ends a raw payload".formatted(wrong));
					break;
				}
			}
		}
		return log;
	}

}
