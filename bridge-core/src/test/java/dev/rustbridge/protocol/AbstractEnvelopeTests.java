package dev.rustbridge.protocol;

import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines of a daemon, decoded by one decoder.
 */
abstract class AbstractEnvelopeTests {

	final EnvelopeDecoder decoder = new EnvelopeDecoder(new RequestIds("req_abc123_"));

	Envelope decode(String text) {
		byte[] line = Bytes.json(text);
		return this.decoder.decode(line, 0, line.length);
	}

	static @Nullable String value(Envelope line) {
		int start = line.valueStart();
		return (start < 0) ? null : Bytes.text(line.buffer(), start, line.valueEnd() - start);
	}

	static void assertViolation(Envelope line, Violation violation, long sequence) {
		assertThat(line.kind()).isEqualTo(Kind.VIOLATION);
		assertThat(line.violation()).isEqualTo(violation);
		assertThat(line.sequence()).isEqualTo(sequence);
		assertThat(line.violationText()).isNotBlank();
	}

}
