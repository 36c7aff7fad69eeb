package dev.rustbridge.protocol;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JsonCodecTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final JsonCodec codec = new JsonCodec(this.mapper, 50_000_000);

	@Test
	void aValueIsReadFromTheMiddleOfABuffer() throws JsonMismatch {
		byte[] buffer = Bytes.json("{'result':{'name':'x','sizes':[1,2]},'id':1}");
		assertThat(this.codec.read(buffer, 10, 26, this.codec.type(Item.class)))
			.isEqualTo(new Item("x", List.of(1, 2)));
	}

	@Test
	void genericTypesAreRead() throws JsonMismatch {
		Type type = new TypeReference<Map<String, List<Item>>>() {
		}.getType();
		assertThat(read(this.codec, "{'a':[{'name':'x','sizes':[]}]}", type))
			.isEqualTo(Map.of("a", List.of(new Item("x", List.of()))));
	}

	@Test
	void largeNumbersStayExact() throws JsonMismatch {
		assertThat(read("9007199254740993", Long.class)).isEqualTo(9007199254740993L);
		assertThat(read("-9223372036854775808", long.class)).isEqualTo(Long.MIN_VALUE);
		assertThat(read("9007199254740993", Object.class)).isEqualTo(9007199254740993L);
		BigInteger integer = new BigInteger("7".repeat(5_000));
		assertThat(read(integer.toString(), BigInteger.class)).isEqualTo(integer);
		BigDecimal decimal = new BigDecimal("12345678901234567890.12345678901234567890");
		assertThat(read(decimal.toString(), BigDecimal.class)).isEqualTo(decimal);
	}

	@Test
	void treesAndBytesAreRead() throws JsonMismatch {
		assertThat(read("{'a':[1,null]}", JsonNode.class)).hasToString("{\"a\":[1,null]}");
		assertThat(read("'aGVsbG8='", byte[].class)).isEqualTo(Bytes.utf8("hello"));
	}

	@Test
	void nullIsReadAsTheTypeSays() throws JsonMismatch {
		assertThat(read("null", String.class)).isNull();
		assertThat(read("null", Item.class)).isNull();
		assertThat(read("null", JsonNode.class)).hasToString("null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "a\\nb", "\\\"\\\\\\/\\b\\f\\n\\r\\t", "\\u00e4\\u20ac", "\\ud83d\\ude00",
			"\u00e4\u20ac\ud83d\ude00", "x\\u0041\u00e4\\ud83d\\ude00\\n", "\\u0000", "\\uD83D\\uDE00", "\\\\u0041",
			"1234567\\n", "12345678\\n", "\\ud800", "\\udc00x", "a\\ud800\\ud800b", "\\ud83d\\n\\ude00", "\\ud83dx",
			"\\n\\ud800\u00e4", "\\ud83d\\\\ude00" })
	void aStringIsReadAsJacksonReadsIt(String content) throws JsonMismatch {
		byte[] json = Bytes.utf8("\"" + content + "\"");
		assertThat(this.codec.read(json, 0, json.length, this.codec.type(String.class)))
			.isEqualTo(this.mapper.readValue(json, String.class));
	}

	@Test
	void aModuleMayReadStringsInItsOwnWay() throws JsonMismatch {
		SimpleModule module = new SimpleModule().addDeserializer(String.class, new ValueDeserializer<>() {
			@Override
			public String deserialize(JsonParser parser, DeserializationContext context) {
				return parser.getString().strip();
			}
		});
		JsonCodec stripping = new JsonCodec(this.mapper.rebuild().addModule(module).build(), 1_000);
		assertThat(read(stripping, "'  x '", String.class)).isEqualTo("x");
	}

	@Test
	void settingsOfTheMapperHold() throws JsonMismatch {
		JsonCodec snake = new JsonCodec(this.mapper.rebuild()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build(), 1_000);
		assertThat(read(snake, "{'file_count':3}", Counts.class)).isEqualTo(new Counts(3));
		assertThatExceptionOfType(JsonMismatch.class).isThrownBy(() -> read(snake, "{'x':3}", Counts.class));
	}

	@Test
	void featuresOfTheParserHold() {
		JsonCodec strict = new JsonCodec(
				this.mapper.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build(), 1_000);
		assertThatExceptionOfType(JsonMismatch.class).isThrownBy(() -> read(strict, "{'a':1,'a':2}", JsonNode.class));
	}

	@Test
	void theLimitsFollowFromTheLargestMessage() throws JsonMismatch {
		JsonMapper small = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder().maxStringLength(10).maxNestingDepth(2).build())
				.build())
			.build();
		JsonCodec codec = new JsonCodec(small, 50_000_000);
		String longString = "x".repeat(21_000_000);
		assertThat(read(codec, "{'name':'" + longString + "'}", Item.class)).isEqualTo(new Item(longString, null));
		assertThat(read(codec, "[".repeat(5_000) + "]".repeat(5_000), JsonNode.class)).isNotNull();
	}

	@Test
	void theApplicationsMapperIsNotChanged() {
		assertThat(this.codec).isNotNull();
		assertThat(this.mapper.tokenStreamFactory().streamReadConstraints().getMaxNestingDepth()).isEqualTo(500);
	}

	@Test
	void aMismatchTellsThePath() {
		JsonMismatch mismatch = mismatch("{'items':[{'name':'a'},{'name':'b','sizes':[1,'x']}]}", Items.class);
		assertThat(mismatch.path()).isEqualTo("items[1].sizes[1]");
		assertThat(mismatch)
			.hasMessageContaining("Cannot deserialize value of type `java.lang.Integer` from String \"x\"");
	}

	@Test
	void aMismatchOfTheWholeValueHasNoPath() {
		JsonMismatch mismatch = mismatch("[1,2]", Item.class);
		assertThat(mismatch.path()).isEmpty();
		assertThat(mismatch).hasMessageContaining("Item");
	}

	@Test
	void aNumberThatDoesNotFitIsAMismatch() {
		assertThat(mismatch("9223372036854775808", Long.class)).hasMessageContaining("9223372036854775808");
		assertThat(mismatch("{'name':'x','sizes':[3000000000]}", Item.class).path()).isEqualTo("sizes[0]");
	}

	@Test
	void anEndlessNumberIsAMismatch() {
		assertThat(mismatch("1".repeat(20_000), BigInteger.class)).hasMessageContaining("10000");
	}

	@Test
	void anExceptionOfTheUsersTypeIsAMismatch() {
		assertThat(mismatch("[{'value':-1}]", new TypeReference<List<Positive>>() {
		}.getType())).hasMessageContaining("must be positive").extracting(JsonMismatch::path).isEqualTo("[0]");
	}

	@Test
	void aTypeThatRecursesTooDeeplyIsAMismatch() {
		int depth = 9_000;
		assertThat(mismatch("{'next':".repeat(depth) + "1" + "}".repeat(depth), Chain.class)).isNotNull();
	}

	private @Nullable Object read(String json, Type type) throws JsonMismatch {
		return read(this.codec, json, type);
	}

	private JsonMismatch mismatch(String json, Type type) {
		JsonMismatch mismatch = catchThrowableOfType(JsonMismatch.class, () -> read(json, type));
		assertThat(mismatch).isNotNull();
		assertThat(mismatch.getCause()).isNotNull();
		return mismatch;
	}

	private static @Nullable Object read(JsonCodec codec, String json, Type type) throws JsonMismatch {
		byte[] bytes = Bytes.json(json);
		return codec.read(bytes, 0, bytes.length, codec.type(type));
	}

	record Item(String name, @Nullable List<Integer> sizes) {
	}

	record Items(List<Item> items) {
	}

	record Counts(int fileCount) {
	}

	record Positive(int value) {

		@JsonCreator
		Positive {
			if (value < 0) {
				throw new IllegalArgumentException("must be positive");
			}
		}

	}

	record Chain(@Nullable Chain next) {
	}

}
