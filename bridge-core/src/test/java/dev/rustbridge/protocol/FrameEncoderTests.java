package dev.rustbridge.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FrameEncoderTests {

	private final RequestIds ids = new RequestIds("req_abc123_");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final FrameEncoder encoder = new JsonCodec(this.mapper, 50_000_000).encoder(this.ids);

	@Test
	void aCommandHasIdMethodAndParams() throws EncodingException {
		assertThat(command(17, "start", Map.of("n", 1)))
			.isEqualTo("{'id':'req_abc123_17','method':'start','params':{'n':1}}");
	}

	@Test
	void paramsAreAlwaysThere() throws EncodingException {
		String expected = "{'id':'req_abc123_1','method':'start','params':{}}";
		assertThat(command(1, "start", null)).isEqualTo(expected);
		assertThat(command(1, "start", Optional.empty())).isEqualTo(expected);
		assertThat(command(1, "start", JsonNodeFactory.instance.nullNode())).isEqualTo(expected);
	}

	@Test
	void paramsAreAnyValue() throws EncodingException {
		assertThat(command(1, "m", "text")).endsWith("'params':'text'}");
		assertThat(command(1, "m", List.of(1, 2))).endsWith("'params':[1,2]}");
		assertThat(command(1, "m", true)).endsWith("'params':true}");
		assertThat(command(1, "m", "null")).endsWith("'params':'null'}");
		assertThat(command(1, "m", Map.of())).endsWith("'params':{}}");
	}

	@Test
	void valuesOfAnySizeAreWhole() throws EncodingException {
		// the whole line, which is some 45 bytes longer than the text, around the sizes
		// at
		// which the buffer grows, begins a piece, or is just full
		int[] sizes = { 400, 511, 512, 8_000, 65_535, 65_536, 131_072, 1 << 20, 3 << 20 };
		for (int size : sizes) {
			for (int off = -27; off <= -19; off++) {
				String text = "xy".repeat(size / 2 + off);
				String line = line(this.encoder.command(1, "m", text, CommandMembers.NONE));
				assertThat(line.equals("{'id':'req_abc123_1','method':'m','params':'" + text + "'}"))
					.as("a text of %s", text.length())
					.isTrue();
			}
		}
	}

	@Test
	void aLargeValueLeavesNothingInTheNext() throws EncodingException {
		command(1, "m", "x".repeat(2 << 20));
		assertThat(command(2, "m", 1)).isEqualTo("{'id':'req_abc123_2','method':'m','params':1}");
	}

	@Test
	void aCommandSaysWhatWasNegotiated() throws EncodingException {
		CommandMembers members = new CommandMembers(30000, "00-a-b-01", "v=1", 8, true, true);
		assertThat(line(this.encoder.command(9, "m", null, members)))
			.isEqualTo("{'id':'req_abc123_9','method':'m','deadlineMs':30000,"
					+ "'trace':{'traceparent':'00-a-b-01','tracestate':'v=1'},'credit':8,'upload':true,'bytes':true,"
					+ "'params':{}}");
	}

	@Test
	void eachMemberIsOptional() throws EncodingException {
		assertThat(members(new CommandMembers(0, null, null, -1, false, false))).isEqualTo(",'deadlineMs':0");
		assertThat(members(new CommandMembers(-1, "00-a", null, -1, false, false)))
			.isEqualTo(",'trace':{'traceparent':'00-a'}");
		assertThat(members(new CommandMembers(-1, null, "v=1", -1, false, false))).isEmpty();
		assertThat(members(new CommandMembers(-1, null, null, 0, false, false))).isEqualTo(",'credit':0");
		assertThat(members(new CommandMembers(-1, null, null, -1, true, false))).isEqualTo(",'upload':true");
		assertThat(members(new CommandMembers(-1, null, null, -1, false, true))).isEqualTo(",'bytes':true");
		assertThat(members(CommandMembers.NONE)).isEmpty();
	}

	@Test
	void controlLinesAreExact() {
		assertThat(line(this.encoder.cancel(7))).isEqualTo("{'id':'req_abc123_7','cancel':true}");
		assertThat(line(this.encoder.credit(7, 64))).isEqualTo("{'id':'req_abc123_7','credit':64}");
		assertThat(line(this.encoder.credit(7, (1L << 53) - 1)))
			.isEqualTo("{'id':'req_abc123_7','credit':9007199254740991}");
		assertThat(line(this.encoder.end(7))).isEqualTo("{'id':'req_abc123_7','end':true}");
		assertThat(line(this.encoder.endWithError(7, "no \"more\"")))
			.isEqualTo("{'id':'req_abc123_7','end':true,'error':'no \\'more\\''}");
		assertThat(line(this.encoder.payloadHeader(7, 0))).isEqualTo("{'id':'req_abc123_7','stream':true,'bytes':0}");
		assertThat(line(this.encoder.payloadHeader(7, 65536)))
			.isEqualTo("{'id':'req_abc123_7','stream':true,'bytes':65536}");
		assertThat(line(this.encoder.ping(1234567890123L)))
			.isEqualTo("{'id':'req_abc123_1234567890123','method':'$ping','params':{}}");
	}

	@Test
	void itemsAreExact() throws EncodingException {
		assertThat(line(this.encoder.item(7, Map.of("a", 1))))
			.isEqualTo("{'id':'req_abc123_7','stream':true,'data':{'a':1}}");
		assertThat(line(this.encoder.item(7, null))).isEqualTo("{'id':'req_abc123_7','stream':true,'data':null}");
	}

	@Test
	void answersToTheDaemonAreExact() throws EncodingException {
		assertThat(line(this.encoder.result("d_1", List.of(1)))).isEqualTo("{'id':'d_1','success':true,'result':[1]}");
		assertThat(line(this.encoder.result("d_1", null))).isEqualTo("{'id':'d_1','success':true,'result':null}");
		assertThat(line(this.encoder.error("d_1", "no", null, null)))
			.isEqualTo("{'id':'d_1','success':false,'error':'no'}");
		assertThat(line(this.encoder.error("d_1", "no", "NOT_FOUND", Map.of("a", 1))))
			.isEqualTo("{'id':'d_1','success':false,'error':'no','code':'NOT_FOUND','details':{'a':1}}");
	}

	@Test
	void textsOfOurOwnAreEscaped() throws EncodingException {
		String text = "\"\\/\b\f\n\r\t\0\u001f\u007f\u0080\u07ff\u0800\uffff\ud83d\ude00\u00e4";
		JsonNode line = read(this.encoder.error(text, text, text, null));
		assertThat(line.get("id").stringValue()).isEqualTo(text);
		assertThat(line.get("error").stringValue()).isEqualTo(text);
		assertThat(line.get("code").stringValue()).isEqualTo(text);
		assertThat(read(this.encoder.command(1, text, null, CommandMembers.NONE)).get("method").stringValue())
			.isEqualTo(text);
	}

	@Test
	void anErrorCanAlwaysBeTold() throws EncodingException {
		assertThat(read(this.encoder.endWithError(1, "a\ud800b\udc00")).get("error").stringValue())
			.isEqualTo("a\ufffdb\ufffd");
		String longText = "x".repeat(1_000_000);
		assertThat(this.encoder.endWithError(1, longText)).hasSizeLessThan(20_000);
		assertThat(this.encoder.error("d_1", longText, null, null)).hasSizeLessThan(20_000);
	}

	@Test
	void idsOfAnyLengthAreWritten() throws EncodingException {
		String id = "\"\u00e4\ud83d\ude00".repeat(100_000);
		assertThat(read(this.encoder.result(id, 1)).get("id").stringValue()).isEqualTo(id);
	}

	@Test
	void largeNumbersStayExact() throws EncodingException {
		assertThat(command(1, "m", 9007199254740993L)).endsWith(":9007199254740993}");
		assertThat(command(1, "m", Long.MIN_VALUE)).endsWith(":-9223372036854775808}");
		BigInteger integer = new BigInteger("7".repeat(500));
		assertThat(command(1, "m", integer)).endsWith(":" + integer + "}");
		assertThat(command(1, "m", new BigDecimal("1234567890.12345678901234567890")))
			.endsWith(":1234567890.12345678901234567890}");
	}

	@Test
	void settingsOfTheMapperHoldButALineStaysOneLine() throws EncodingException {
		JsonMapper own = this.mapper.rebuild()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enable(SerializationFeature.INDENT_OUTPUT)
			.build();
		byte[] line = new JsonCodec(own, 1_000).encoder(this.ids)
			.command(1, "m", new Query("x", 2), CommandMembers.NONE);
		assertThat(line(line)).isEqualTo("{'id':'req_abc123_1','method':'m','params':{'text':'x','max_hits':2}}");
	}

	@Test
	void linesFollowEachOtherWithoutATrace() throws EncodingException {
		for (int size : new int[] { 10, 1_000_000, 10, 9_000, 0, 8_000, 100 }) {
			String text = "\u00e4".repeat(size);
			assertThat(read(this.encoder.item(1, text)).get("data").stringValue()).isEqualTo(text);
		}
	}

	@Test
	void aFailedLineLeavesNothingBehind() throws EncodingException {
		assertThat(FrameEncoderFaultTests.fault(() -> this.encoder.item(1, List.of("x".repeat(20_000), new Failing())))
			.reason()).isEqualTo(EncodingException.Reason.NOT_SERIALIZABLE);
		assertThat(line(this.encoder.item(1, "next"))).isEqualTo("{'id':'req_abc123_1','stream':true,'data':'next'}");
	}

	@Test
	void aSerializerMayItselfEncode() throws EncodingException {
		Nesting nesting = new Nesting(this.encoder);
		assertThat(line(this.encoder.item(1, nesting)))
			.isEqualTo("{'id':'req_abc123_1','stream':true,'data':{'inner':40}}");
	}

	@Test
	void anyNumberOfThreadsMayEncode() {
		IntStream.range(0, 20_000).parallel().forEach((i) -> {
			try {
				assertThat(command(i + 1, "m", List.of(i)))
					.isEqualTo("{'id':'req_abc123_" + (i + 1) + "','method':'m','params':[" + i + "]}");
			}
			catch (EncodingException ex) {
				throw new AssertionError(ex);
			}
		});
	}

	@Test
	void whatIsWrittenIsReadAgain() throws EncodingException {
		EnvelopeDecoder decoder = new EnvelopeDecoder(this.ids);
		for (int seed = 0; seed < 2_000; seed++) {
			Random random = new Random(seed);
			Object value = RandomValues.next(random, 5);
			byte[] line = this.encoder.item(seed + 1, value);
			assertThat(line).endsWith('\n').satisfies((bytes) -> assertThat(Bytes.text(bytes)).containsOnlyOnce("\n"));
			Envelope read = decoder.decode(line, 0, line.length - 1);
			assertThat(read.kind()).as("seed %s", seed).isEqualTo(Envelope.Kind.CHUNK);
			assertThat(read.sequence()).isEqualTo(seed + 1);
			assertThat(Bytes.text(line, read.valueStart(), read.valueEnd() - read.valueStart()))
				.isEqualTo(this.mapper.writeValueAsString(value));
		}
	}

	private String command(long sequence, String method, @Nullable Object params) throws EncodingException {
		return line(this.encoder.command(sequence, method, params, CommandMembers.NONE));
	}

	private String members(CommandMembers members) throws EncodingException {
		String line = line(this.encoder.command(1, "m", null, members));
		String start = "{'id':'req_abc123_1','method':'m'";
		String end = ",'params':{}}";
		assertThat(line).startsWith(start).endsWith(end);
		return line.substring(start.length(), line.length() - end.length());
	}

	private JsonNode read(byte[] line) {
		assertThat(Bytes.text(line)).endsWith("\n").containsOnlyOnce("\n");
		return this.mapper.readTree(line);
	}

	private static String line(byte[] line) {
		assertThat(Bytes.text(line)).endsWith("\n").containsOnlyOnce("\n");
		return Bytes.text(line, 0, line.length - 1).replace('"', '\'');
	}

	record Query(String text, int maxHits) {
	}

	static final class Failing {

		public String getText() {
			throw new IllegalStateException("not now");
		}

	}

	/** Encodes while it is encoded. */
	static final class Nesting {

		private final FrameEncoder encoder;

		Nesting(FrameEncoder encoder) {
			this.encoder = encoder;
		}

		public int getInner() {
			return this.encoder.cancel(12345).length;
		}

	}

	/** Values of all kinds. */
	private static final class RandomValues {

		private static final String[] TEXTS = { "", "plain", "\u00e4\u20ac", "\ud83d\ude00", "\"\\\n\0", "12345678",
				"1234567\u00e4", "a\tb" };

		static @Nullable Object next(Random random, int depth) {
			return switch (random.nextInt((depth > 0) ? 8 : 6)) {
				case 0 -> null;
				case 1 -> random.nextBoolean();
				case 2 -> random.nextLong();
				case 3 -> random.nextGaussian();
				case 4 -> TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(4));
				case 5 -> new BigDecimal(new BigInteger(200, random), random.nextInt(40));
				case 6 -> {
					Map<String, @Nullable Object> map = new LinkedHashMap<>();
					for (int i = random.nextInt(5); i > 0; i--) {
						map.put(TEXTS[random.nextInt(TEXTS.length)] + i, next(random, depth - 1));
					}
					yield map;
				}
				default -> {
					@Nullable Object[] values = new @Nullable Object[random.nextInt(5)];
					Arrays.setAll(values, (i) -> next(random, depth - 1));
					yield values;
				}
			};
		}

	}

}
