package dev.rustbridge.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Streams and lines of daemons, broken in random but repeatable ways.
 */
class MutatedInputTests {

	private static final int ROUNDS = 20_000;

	private static final List<byte[]> LINES = List.of(
			Bytes.json("{'id':'req_abc123_17','success':true,'result':{'n':[1,-2.5e+3,null],'s':'\\u00e4\\n'}}"),
			Bytes.json("{'result':[{'id':'x'}],'success':true,'id':'req_abc123_1'}"),
			Bytes.json("{'id':'req_abc123_2','success':false,'error':{'a': 1},'code':'X','details':[ 1 ]}"),
			Bytes.json("{'id':'req_abc123_3','stream':true,'data':'aGVsbG8='}"),
			Bytes.json("{'id':'req_abc123_3','stream':true,'bytes':12}"),
			Bytes.json("{'id':'req_abc123_4','credit':64}"),
			Bytes.json("{'event':'watch:w_1','data':{'p':'\u00e4\u20ac\ud83d\ude00'}}"),
			Bytes.json("{'id':'d_1','method':'m','params':{},'deadlineMs':5,'trace':{'traceparent':'00'}}"),
			Bytes.json("{'id':'d_1','cancel':true}"), Bytes.utf8("noise"), Bytes.utf8("<12"), Bytes.utf8("\r\n \n"));

	private static final byte[] FAVOURITES = Bytes.utf8("\"\\{}[]:,\n\r\t 0-.eEtfnu\u00e4\0");

	@Test
	void decodingBrokenLinesAgreesWithJackson() {
		for (int seed = 0; seed < ROUNDS; seed++) {
			byte[] line = mutate(LINES.get(seed % LINES.size()), new Random(seed));
			assertThatCode(() -> FuzzProperties.envelope(line)).as("seed %s", seed).doesNotThrowAnyException();
		}
	}

	@Test
	void framingBrokenStreamsDoesNotDependOnSplits() {
		for (int seed = 0; seed < ROUNDS / 4; seed++) {
			Random random = new Random(seed);
			byte[] stream = new byte[0];
			for (int i = random.nextInt(6); i >= 0; i--) {
				stream = Bytes.concat(stream, LINES.get(random.nextInt(LINES.size())), Bytes.of('\n'));
			}
			byte[] broken = mutate(stream, random);
			assertThatCode(() -> FuzzProperties.framing(broken)).as("seed %s", seed).doesNotThrowAnyException();
		}
	}

	private static byte[] mutate(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
			int at = random.nextInt(bytes.length);
			int to = at + random.nextInt(bytes.length - at + 1);
			byte[] head = Arrays.copyOf(bytes, at);
			byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
			byte favourite = FAVOURITES[random.nextInt(FAVOURITES.length)];
			bytes = switch (random.nextInt(6)) {
				case 0 -> head;
				case 1 -> Bytes.concat(head, Arrays.copyOfRange(bytes, to, bytes.length));
				case 2 -> Bytes.concat(head, Arrays.copyOfRange(bytes, at, to), tail);
				case 3 -> Bytes.concat(head, new byte[] { favourite }, tail);
				case 4 -> {
					tail[0] = favourite;
					yield Bytes.concat(head, tail);
				}
				default -> {
					tail[0] ^= (byte) (1 << random.nextInt(8));
					yield Bytes.concat(head, tail);
				}
			};
		}
		return bytes;
	}

}
