package dev.rustbridge.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for any bytes at all.
 */
final class FuzzProperties {

	private static final int LIMIT = 64;

	private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
		.maxNestingDepth(EnvelopeDecoder.MAX_DEPTH)
		.maxNumberLength(Integer.MAX_VALUE)
		.build();

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
		.build();

	private static final RequestIds IDS = new RequestIds("req_abc123_");

	private static final JsonCodec CODEC = new JsonCodec(JsonMapper.builder().build(), 1_000_000);

	private FuzzProperties() {
	}

	/**
	 * A stream is the same however it is split; the first bytes say how.
	 */
	static void framing(byte[] data) {
		RecordedLines whole = new RecordedLines(LIMIT).feed(data);
		RecordedLines split = new RecordedLines(LIMIT);
		int seed = 0;
		for (int from = 0; from < data.length;) {
			seed = 31 * seed + data[from % Math.min(4, data.length)];
			int to = Math.min(data.length, from + Math.floorMod(seed, 23));
			split.feed(data, from, to);
			from = to;
			seed++;
		}
		assertThat(split.log()).isEqualTo(whole.log());
		assertThat(split.framer().midLine()).isEqualTo(whole.framer().midLine());
		assertThat(split.framer().retained()).isLessThanOrEqualTo(LIMIT);
	}

	/**
	 * Decoding does not fail, and takes for a JSON object what is one.
	 */
	static void envelope(byte[] data) {
		EnvelopeDecoder decoder = new EnvelopeDecoder(IDS);
		decoder.acceptCalls(data.length % 2 == 0);
		decoder.acceptBytes(data.length % 3 == 0);
		decoder.acceptCredit(true);
		decoder.acceptCancel(true);
		byte[] buffer = Bytes.concat(Bytes.of('"', '{'), data, Bytes.of('}', '"', '\n'));
		decoder.recoverId(buffer, 2, data.length);
		Envelope line = decoder.decode(buffer, 2, data.length);
		readAll(line);
		boolean object = isObject(data);
		boolean noise = line.kind() == Kind.VIOLATION && line.violation() == Violation.NOISE;
		assertThat(noise).as("noise").isEqualTo(!object);
		if (line.valueStart() >= 0) {
			value(line, buffer, data);
		}
		else {
			assertThat(line.valueEnd()).isNegative();
		}
	}

	private static void value(Envelope line, byte[] buffer, byte[] data) {
		int length = line.valueEnd() - line.valueStart();
		String member = switch (line.kind()) {
			case RESPONSE -> "result";
			case HOST_CALL -> "params";
			default -> "data";
		};
		Object expected = tree(data, member);
		try {
			Object read = CODEC.read(buffer, line.valueStart(), length, CODEC.type(JsonNode.class));
			assertThat(expected == null || expected.equals(read)).as("value").isTrue();
		}
		catch (JsonMismatch ex) {
			assertThat(ex.getMessage()).as("only limits of numbers").contains("umber");
		}
	}

	private static @Nullable Object tree(byte[] data, String member) {
		try {
			return MAPPER.readTree(data).get(member);
		}
		catch (JacksonException ex) {
			// numbers beyond what the library takes
			return null;
		}
	}

	private static void readAll(Envelope line) {
		line.id();
		line.success();
		assertThat(line.errorText()).isNotNull();
		line.code();
		line.details();
		line.deadlineMs();
		line.traceparent();
		line.tracestate();
		if (line.kind() == Kind.EVENT || line.kind() == Kind.HOST_CALL) {
			assertThat(line.name()).isNotNull();
		}
		if (line.kind() == Kind.VIOLATION) {
			assertThat(line.violationText()).isNotBlank();
		}
		if (line.kind() == Kind.CREDIT) {
			assertThat(line.credit()).isBetween(0L, (1L << 53) - 1);
		}
		if (line.kind() == Kind.RAW_CHUNK) {
			assertThat(line.payload()).isBetween(0L, (1L << 53) - 2);
		}
	}

	/** Says the same in another way: the JDK's decoder, and Jackson's parser. */
	private static boolean isObject(byte[] data) {
		String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
		}
		catch (CharacterCodingException ex) {
			return false;
		}
		JsonFactory factory = MAPPER.tokenStreamFactory();
		try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return false;
			}
			parser.skipChildren();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
