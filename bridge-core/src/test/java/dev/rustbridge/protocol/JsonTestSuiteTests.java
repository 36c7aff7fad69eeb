package dev.rustbridge.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The files of the JSON test suite (github.com/nst/JSONTestSuite), where it lies beside
 * the checkout. Their names say what must be accepted (y_), refused (n_), or is free
 * (i_); what we do with each of the free ones is written down here.
 *
 * <p>
 * A line can hold no newline, but some files do. Put on a line, each of theirs becomes a
 * tab, which JSON allows and forbids in exactly the same places.
 */
class JsonTestSuiteTests {

	private static final Path FILES = Path.of(System.getProperty("rustbridge.test.root", "."),
			"../shared/corpus/json-test-suite/test_parsing");

	/** Not UTF-8, or begins with a byte order mark. All other free ones are accepted. */
	private static final Set<String> FREE_REFUSED = Set.of("i_string_UTF-16LE_with_BOM.json",
			"i_string_UTF-8_invalid_sequence.json", "i_string_UTF8_surrogate_U+D800.json",
			"i_string_invalid_utf-8.json", "i_string_iso_latin_1.json", "i_string_lone_utf8_continuation_byte.json",
			"i_string_not_in_unicode_range.json", "i_string_overlong_sequence_2_bytes.json",
			"i_string_overlong_sequence_6_bytes.json", "i_string_overlong_sequence_6_bytes_null.json",
			"i_string_truncated-utf-8.json", "i_string_utf16BE_no_BOM.json", "i_string_utf16LE_no_BOM.json",
			"i_structure_UTF-8_BOM_empty_object.json");

	private static final byte[] ALIVE = Bytes.json("{'id':'req_abc123_2','success':true}\n");

	private final EnvelopeDecoder decoder = new EnvelopeDecoder(new RequestIds("req_abc123_"));

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final JsonCodec codec = new JsonCodec(this.mapper, 50_000_000);

	@Test
	void allFilesAreThere() {
		assumeTrue(Files.isDirectory(FILES), "the JSON test suite is not there");
		assertThat(files()).hasSize(318);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("files")
	void aFileAsALineIsToldApart(String name) {
		byte[] content = onOneLine(name);
		Envelope line = this.decoder.decode(content, 0, content.length);
		assertThat(line.kind()).isEqualTo(Kind.VIOLATION);
		boolean object = isAccepted(name) && Bytes.text(content).strip().startsWith("{");
		assertThat(line.violation()).isEqualTo(object ? Violation.UNKNOWN_SHAPE : Violation.NOISE);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("files")
	void aFileAsAResultIsAcceptedOrRefusedAsItsNameSays(String name) {
		byte[] content = onOneLine(name);
		List<byte[]> lines = List.of(
				Bytes.concat(Bytes.json("{'id':'req_abc123_1','success':true,'result':"), content, Bytes.json("}")),
				Bytes.concat(Bytes.json("{'result':"), content, Bytes.json(",'success':true,'id':'req_abc123_1'}")));
		for (byte[] bytes : lines) {
			Envelope line = this.decoder.decode(bytes, 0, bytes.length);
			if (isAccepted(name)) {
				assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
				assertThat(line.sequence()).isEqualTo(1);
				assertThat(Bytes.text(bytes, line.valueStart(), line.valueEnd() - line.valueStart()))
					.isEqualTo(stripped(Bytes.text(content)));
			}
			else {
				assertThat(line.kind()).isEqualTo(Kind.VIOLATION);
				assertThat(line.violation()).isEqualTo(Violation.NOISE);
			}
		}
		byte[] idFirst = lines.get(0);
		assertThat(this.decoder.decode(idFirst, 0, idFirst.length).sequence()).isEqualTo(1);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("acceptedFiles")
	void anAcceptedResultIsReadAsJacksonReadsIt(String name) {
		byte[] content = onOneLine(name);
		JavaType type = this.codec.type(JsonNode.class);
		Object expected = jackson(content);
		Object read;
		try {
			read = this.codec.read(content, 0, content.length, type);
		}
		catch (JsonMismatch ex) {
			read = ex.getMessage();
		}
		assertThat(read).isEqualTo(expected);
		assertThat(name.startsWith("i_") || read instanceof JsonNode).isTrue();
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("files")
	void theConnectionIsAliveAfterEachFile(String name) {
		List<Kind> kinds = new ArrayList<>();
		LineFramer framer = new LineFramer(50_000_000, new Decoding(kinds));
		byte[] stream = Bytes.concat(content(name), Bytes.of('\n'), ALIVE);
		framer.feed(stream, 0, stream.length);
		assertThat(kinds).endsWith(Kind.RESPONSE);
		assertThat(kinds.subList(0, kinds.size() - 1)).allMatch(Kind.VIOLATION::equals);
		assertThat(framer.midLine()).isFalse();
	}

	static List<String> files() {
		if (!Files.isDirectory(FILES)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(FILES)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<String> acceptedFiles() {
		return files().stream().filter(JsonTestSuiteTests::isAccepted).toList();
	}

	private Object jackson(byte[] content) {
		try {
			return this.mapper.readTree(content);
		}
		catch (JacksonException ex) {
			return ex.getOriginalMessage();
		}
	}

	private static boolean isAccepted(String name) {
		return name.startsWith("y_") || (name.startsWith("i_") && !FREE_REFUSED.contains(name));
	}

	private static String stripped(String text) {
		return text.replaceAll("^[ \t\r]+|[ \t\r]+$", "");
	}

	private static byte[] onOneLine(String name) {
		byte[] content = content(name);
		for (int i = 0; i < content.length; i++) {
			if (content[i] == '\n') {
				content[i] = '\t';
			}
		}
		return content;
	}

	private static byte[] content(String name) {
		try {
			return Files.readAllBytes(FILES.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Decodes every line. */
	private final class Decoding implements LineFramer.Lines {

		private final List<Kind> kinds;

		private Decoding(List<Kind> kinds) {
			this.kinds = kinds;
		}

		@Override
		public void line(byte[] buffer, int offset, int length) {
			this.kinds.add(JsonTestSuiteTests.this.decoder.decode(buffer, offset, length).kind());
		}

		@Override
		public void oversized(byte[] head, int offset, int length) {
			throw new AssertionError("no file is that large");
		}

		@Override
		public void raw(byte[] buffer, int offset, int length, boolean last) {
			throw new AssertionError("no file announces bytes");
		}

		@Override
		public void brokenPayload(String what) {
			throw new AssertionError("no file announces bytes");
		}

	}

}
