package dev.rustbridge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import dev.rustbridge.protocol.Envelope.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chunks whose lines begin like the one before.
 */
class ChunkHeadTests {

	private static final String HEAD = "{'id':'req_1','stream':true,'data':";

	private final RequestIds ids = new RequestIds("req_");

	private final EnvelopeDecoder decoder = new EnvelopeDecoder(this.ids);

	@Test
	void eachChunkHasItsOwnDataWhereverItLies() {
		for (int i = 0; i < 50; i++) {
			String data = "{'n':" + "1".repeat(i + 1) + "}";
			byte[] line = Bytes.json(" ".repeat(i) + HEAD + data + "}");
			Envelope envelope = this.decoder.decode(line, i, line.length - i);
			assertThat(envelope.kind()).isEqualTo(Kind.CHUNK);
			assertThat(envelope.sequence()).isEqualTo(1);
			assertThat(envelope.id()).isEqualTo("req_1");
			assertThat(valueOf(envelope)).isEqualTo(data.replace('\'', '"'));
		}
	}

	@Test
	void streamsThatAlternateAreToldApart() {
		for (int i = 0; i < 20; i++) {
			long sequence = 1 + i % 2;
			Envelope envelope = decode("{'id':'req_" + sequence + "','stream':true,'data':" + i + "}");
			assertThat(envelope.sequence()).isEqualTo(sequence);
			assertThat(envelope.id()).isEqualTo("req_" + sequence);
			assertThat(valueOf(envelope)).isEqualTo(Integer.toString(i));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "}", "1", "1,}", "{'a':1}}}", "1}x", "1 }", " 1}", "1}  ", "'\\uD800'}", "'a\u0001'}",
			"[1,2}", "1,'stream':false}", "1,'id':'req_2'}", "1,'data':2}", "1,'success':true}", "nul}", "01}", "null}",
			"'\u00e4'}", "1,'x':{}}" })
	void whatFollowsAKnownHeadIsReadAsIfItWereTheFirst(String rest) {
		decode(HEAD + "0}");
		String known = describe(decode(HEAD + rest));
		Envelope first = new EnvelopeDecoder(this.ids).decode(Bytes.json(HEAD + rest), 0,
				Bytes.json(HEAD + rest).length);
		assertThat(known).isEqualTo(describe(first));
		assertThat(valueOf(decode(HEAD + "7}"))).isEqualTo("7");
	}

	@Test
	void anotherLineInBetweenDoesNotConfuse() {
		decode(HEAD + "1}");
		assertThat(decode("{'id':'req_2','success':true,'result':[]}").kind()).isEqualTo(Kind.RESPONSE);
		Envelope envelope = decode(HEAD + "2}");
		assertThat(envelope.kind()).isEqualTo(Kind.CHUNK);
		assertThat(envelope.sequence()).isEqualTo(1);
		assertThat(valueOf(envelope)).isEqualTo("2");
	}

	@Test
	void whatIsAgreedUponLaterHolds() {
		String line = "{'id':'d_1','method':'m','stream':true,'data':1}";
		assertThat(decode(line).kind()).isEqualTo(Kind.CHUNK);
		this.decoder.acceptCalls(true);
		assertThat(decode(line).kind()).isEqualTo(Kind.HOST_CALL);
	}

	@Test
	void linesWithRandomDamageAreReadAsIfEachWereTheFirst() {
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			byte[] line = Bytes.json(HEAD + "{'n':" + i + ",'t':'\u00e4\\n'}}");
			if (i % 3 == 0) {
				line[random.nextInt(line.length)] = (byte) random.nextInt();
			}
			Envelope first = new EnvelopeDecoder(this.ids).decode(line, 0, line.length);
			String expected = describe(first);
			assertThat(describe(this.decoder.decode(line, 0, line.length))).isEqualTo(expected);
		}
	}

	private Envelope decode(String json) {
		byte[] line = Bytes.json(json);
		return this.decoder.decode(line, 0, line.length);
	}

	private static String valueOf(Envelope envelope) {
		int start = envelope.valueStart();
		return new String(envelope.buffer(), start, envelope.valueEnd() - start, StandardCharsets.UTF_8);
	}

	private static String describe(Envelope envelope) {
		if (envelope.kind() == Kind.VIOLATION) {
			return envelope.violation() + " " + envelope.violationText() + " " + envelope.sequence();
		}
		return envelope.kind() + " " + envelope.sequence() + " " + envelope.id() + " " + envelope.valueStart() + " "
				+ envelope.valueEnd();
	}

}
