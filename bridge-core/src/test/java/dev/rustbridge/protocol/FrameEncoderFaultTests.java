package dev.rustbridge.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rustbridge.protocol.EncodingException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What must not be written fails its own call, and says why.
 */
class FrameEncoderFaultTests {

	private final RequestIds ids = new RequestIds("req_abc123_");

	private final FrameEncoder encoder = encoder(JsonMapper.builder().build(), 50_000_000);

	@ParameterizedTest
	@ValueSource(strings = { "{\n}", "\n1", "1\n", "[1,\n2]", "{\"a\"\n:1}", "{\"a\":\r1}", "{\"a\":1\t}", "\"a\nb\"",
			"{\"a\nb\":1}", "\"\0\"", "\"\u001f\"", "1}\n{\"id\":\"req_1\",\"method\":\"evil\",\"params\":{}" })
	void aControlByteInARawValueIsRefused(String json) {
		assertThat(fault(new RawValue(json)).reason()).isIn(Reason.CONTROL_BYTE, Reason.NOT_JSON);
		assertThat(fault(new RawValue(json.replace("}\n{", "\n{"))).reason()).isEqualTo(Reason.CONTROL_BYTE);
	}

	@Test
	void aRawValueOnOneLinePasses() throws EncodingException {
		assertThat(params(new RawValue("{\"a\" : [ 1, 2 ] }"))).isEqualTo("{\"a\" : [ 1, 2 ] }");
		assertThat(params(new Raw("{\"a\":1}"))).isEqualTo("{\"json\":{\"a\":1}}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "1,\"id\":\"req_2\"", "1}", "nul", "[1,]", "{\"a\":1} 2", "'x'", "01",
			"\"\\x\"", "1 }", "\"a" })
	void aRawValueThatIsNoJsonIsRefused(String json) {
		EncodingException fault = fault(new RawValue(json));
		assertThat(fault.reason()).isEqualTo(Reason.NOT_JSON);
		assertThat(fault).hasMessageContaining("must write exactly one value");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "\ud83d\ude00\ud83d", "\ud800\ud83d\ude00",
			"12345678\udfff" })
	void halfOfASurrogatePairIsRefused(String text) {
		assertThat(fault(text).reason()).isEqualTo(Reason.LONE_SURROGATE);
		assertThat(fault(Map.of(text, 1)).reason()).isEqualTo(Reason.LONE_SURROGATE);
		assertThat(fault(List.of("x", Map.of("a", text))).reason()).isEqualTo(Reason.LONE_SURROGATE);
		assertThat(fault(() -> this.encoder.command(1, text, null, CommandMembers.NONE)).reason())
			.isEqualTo(Reason.LONE_SURROGATE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\ud800", "\\uDC00", "\\ud800\\ud800", "\\ud800x", "\\ud800\\n", "\\ud800\\u0041",
			"\\udc00\\ud800" })
	void halfOfAnEscapedSurrogatePairIsRefused(String content) {
		assertThat(fault(new RawValue("\"" + content + "\"")).reason()).isEqualTo(Reason.LONE_SURROGATE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\ud83d\\ude00", "\\uD83D\\uDE00x", "\\\\ud800", "\\u0041", "\\\\\\ud83d\\ude00" })
	void aWholeEscapedPairPasses(String content) throws EncodingException {
		assertThat(params(new RawValue("\"" + content + "\""))).isEqualTo("\"" + content + "\"");
	}

	@Test
	void aWholePairPassesHoweverItIsWritten() throws EncodingException {
		JsonMapper mapper = JsonMapper.builder().build();
		String text = "\ud83d\ude00".repeat(5_000) + "\u00e4";
		for (JsonMapper each : List.of(mapper, mapper.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build(),
				mapper.rebuild().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build())) {
			byte[] line = encoder(each, 1_000_000).item(1, text);
			assertThat(mapper.readTree(line).get("data").stringValue()).isEqualTo(text);
		}
	}

	@Test
	void bytesThatAreNotUtf8AreRefused() {
		for (byte[] bad : InvalidUtf8.SEQUENCES) {
			boolean surrogate = bad[0] == (byte) 0xed;
			EncodingException fault = fault(new RawBytes(Bytes.concat(Bytes.utf8("a"), bad, Bytes.utf8("b"))));
			assertThat(fault.reason()).isEqualTo(surrogate ? Reason.LONE_SURROGATE : Reason.INVALID_UTF8);
		}
	}

	@Test
	void aLineMayBeNestedUpToWhatDaemonsRead() throws EncodingException {
		assertThat(params(lists(126))).hasSize(252);
		assertThat(params(maps(126))).startsWith("{\"a\":{\"a\":");
		assertThat(params(new RawValue("[".repeat(126) + "]".repeat(126)))).hasSize(252);
	}

	@Test
	void aLineThatIsNestedDeeperIsRefused() {
		assertThat(fault(lists(127)).reason()).isEqualTo(Reason.TOO_DEEP);
		assertThat(fault(maps(127)).reason()).isEqualTo(Reason.TOO_DEEP);
		EncodingException fault = fault(new RawValue("[".repeat(127) + "]".repeat(127)));
		assertThat(fault.reason()).isEqualTo(Reason.TOO_DEEP);
		assertThat(fault).hasMessageContaining("nested more than 127 levels deep");
		assertThat(fault(new RawValue("[".repeat(1_000_000))).reason()).isEqualTo(Reason.TOO_DEEP);
		assertThat(fault(lists(50_000)).reason()).isEqualTo(Reason.TOO_DEEP);
	}

	@Test
	void aCycleIsRefused() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(Map.of("parent", cycle));
		EncodingException fault = fault(cycle);
		assertThat(fault.reason()).isEqualTo(Reason.TOO_DEEP);
		assertThat(fault).hasMessageContaining("cycle");
		assertThat(fault.getMessage()).hasSizeLessThan(500);
	}

	@Test
	void aLineOfExactlyTheLimitPassesAndOneByteMoreDoesNot() throws EncodingException {
		FrameEncoder small = encoder(JsonMapper.builder().build(), 100);
		byte[] longest = small.item(1, "x".repeat(55));
		assertThat(longest).hasSize(101);
		EncodingException fault = fault(() -> small.item(1, "x".repeat(56)));
		assertThat(fault.reason()).isEqualTo(Reason.TOO_LARGE);
		assertThat(fault).hasMessageContaining("max-message-size (100 bytes)");
		assertThat(fault(() -> small.command(1, "x".repeat(100), null, CommandMembers.NONE)).reason())
			.isEqualTo(Reason.TOO_LARGE);
	}

	@Test
	void aMessageThatIsFarTooLargeIsGivenUpEarly() {
		FrameEncoder small = encoder(JsonMapper.builder().build(), 100_000);
		int[] written = new int[1];
		Iterable<Integer> endless = () -> Collections.nCopies(Integer.MAX_VALUE, 1)
			.stream()
			.peek((value) -> written[0]++)
			.iterator();
		assertThat(fault(() -> small.item(1, endless)).reason()).isEqualTo(Reason.TOO_LARGE);
		assertThat(written[0]).isLessThan(100_000);
	}

	@Test
	void aValueThatTheLibraryCannotWriteIsRefused() {
		EncodingException fault = fault(Map.of("items", List.of(1, new FrameEncoderTests.Failing())));
		assertThat(fault.reason()).isEqualTo(Reason.NOT_SERIALIZABLE);
		assertThat(fault).hasMessageStartingWith("params.items[1].text: a ").hasMessageContaining("not now");
		assertThat(fault.getCause()).isNotNull();
	}

	@Test
	void aSerializerThatOverflowsTheStackIsRefused() {
		assertThat(fault(new Endless()).reason()).isEqualTo(Reason.NOT_SERIALIZABLE);
	}

	@Test
	void aSettingThatBreaksTheJsonIsRefused() {
		FrameEncoder unquoted = encoder(JsonMapper.builder().disable(JsonWriteFeature.QUOTE_PROPERTY_NAMES).build(),
				1_000);
		assertThat(fault(() -> unquoted.item(1, Map.of("a", 1))).reason()).isEqualTo(Reason.NOT_JSON);
	}

	@Test
	void theFaultSaysWhere() {
		Map<String, Object> params = new LinkedHashMap<>();
		params.put("first", List.of("a,b", "{c"));
		params.put("items", List.of(1, 2, Map.of("name", "x\ud800")));
		assertThat(fault(params)).hasMessage("params.items[2].name: byte 88 of the line is half of a surrogate pair,"
				+ " which daemons drop: send well-formed Unicode");
		assertThat(fault(new Raw("[0,\n1]")))
			.hasMessage("params.json[1]: byte 54 of the line is a control byte, 0x0a, which ends or breaks a line:"
					+ " write raw JSON values without it");
		assertThat(fault(() -> this.encoder.result("d_1", "\udc00"))).hasMessageStartingWith("result: byte 37");
		assertThat(fault(() -> this.encoder.item(1, "\udc00"))).hasMessageStartingWith("data: byte 43");
		assertThat(fault(() -> this.encoder.error("d_1", "x", null, Map.of("a", "\udc00"))))
			.hasMessageStartingWith("details.a: byte 56");
	}

	private String params(Object params) throws EncodingException {
		String line = Bytes.text(this.encoder.command(1, "m", params, CommandMembers.NONE));
		return line.substring(line.indexOf("\"params\":") + 9, line.length() - 2);
	}

	private EncodingException fault(Object params) {
		return fault(() -> this.encoder.command(1, "m", params, CommandMembers.NONE));
	}

	private FrameEncoder encoder(JsonMapper mapper, long maxMessageSize) {
		return new JsonCodec(mapper, maxMessageSize).encoder(this.ids);
	}

	static EncodingException fault(ThrowingCallable call) {
		EncodingException fault = catchThrowableOfType(EncodingException.class, call);
		assertThat(fault).isNotNull();
		return fault;
	}

	private static Object lists(int depth) {
		Object value = List.of();
		for (int i = 1; i < depth; i++) {
			value = List.of(value);
		}
		return value;
	}

	private static Object maps(int depth) {
		Object value = Map.of();
		for (int i = 1; i < depth; i++) {
			value = Map.of("a", value);
		}
		return value;
	}

	record Raw(@JsonRawValue String json) {
	}

	@JsonSerialize(using = RawBytesWriter.class)
	record RawBytes(byte[] bytes) {
	}

	/** Writes bytes as they are. */
	static final class RawBytesWriter extends ValueSerializer<RawBytes> {

		@Override
		public void serialize(RawBytes value, JsonGenerator generator, SerializationContext context) {
			generator.writeRawUTF8String(value.bytes(), 0, value.bytes().length);
		}

	}

	/** Calls itself. */
	static final class Endless {

		public @Nullable String getText() {
			return getText();
		}

	}

}
