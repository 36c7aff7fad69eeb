package dev.rustbridge.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.rustbridge.protocol.Envelope.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines that the description of the protocol shows are what it says they are.
 */
class ProtocolDocumentTests {

	private static final RequestIds IDS = new RequestIds("req_k3x9_");

	@ParameterizedTest
	@MethodSource("received")
	void aLineOfTheDaemonIsUnderstood(String line) {
		assertThat(kind(line)).isNotEqualTo(Kind.VIOLATION);
	}

	@ParameterizedTest
	@MethodSource("sent")
	void aLineOfTheApplicationPassesTheCheckOfWhatIsSent(String line) {
		assertThat(JsonMapper.shared().readTree(line).path("id").isString()).isTrue();
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		assertThat(JsonScanner.outbound(127).value(bytes, 0, bytes.length, 0)).isEqualTo(bytes.length);
	}

	@Test
	void everyKindOfLineIsShown() throws IOException {
		Set<Kind> shown = EnumSet.noneOf(Kind.class);
		received().forEach((line) -> shown.add(kind(line)));
		// a daemon cancels as the application does
		assertThat(shown)
			.containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Kind.VIOLATION, Kind.CANCEL)));
	}

	private static Kind kind(String line) {
		EnvelopeDecoder decoder = new EnvelopeDecoder(IDS);
		decoder.acceptBytes(true);
		decoder.acceptCalls(true);
		decoder.acceptCancel(true);
		decoder.acceptCredit(true);
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		return decoder.decode(bytes, 0, bytes.length).kind();
	}

	static List<String> received() throws IOException {
		return lines("← ");
	}

	static List<String> sent() throws IOException {
		return lines("→ ");
	}

	private static List<String> lines(String direction) throws IOException {
		List<String> lines = Files.readAllLines(Path.of("..", "docs", "protocol.md"))
			.stream()
			.filter((line) -> line.startsWith(direction))
			.map((line) -> line.substring(direction.length()))
			.toList();
		assertThat(lines).isNotEmpty();
		return lines;
	}

}
