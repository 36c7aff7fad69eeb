package dev.rustbridge.protocol;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Answers, chunks and events.
 */
class EnvelopeDecoderTests extends AbstractEnvelopeTests {

	@Test
	void aResponseHasAResult() {
		Envelope line = decode("{'id':'req_abc123_17','success':true,'result':{'n':1}}");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(line.sequence()).isEqualTo(17);
		assertThat(line.id()).isEqualTo("req_abc123_17");
		assertThat(line.success()).isTrue();
		assertThat(value(line)).isEqualTo("{\"n\":1}");
	}

	@Test
	void theResultMayBeMissing() {
		Envelope line = decode("{'id':'req_abc123_1','success':true}");
		assertThat(line.success()).isTrue();
		assertThat(line.valueStart()).isNegative();
		assertThat(line.valueEnd()).isNegative();
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "0", "-1.5e3", "'text'", "[]", "[1,[2,{}]]", "true", "false", "{}", "''",
			"9007199254740993", "12345678901234567890123456789" })
	void theResultIsAnyValue(String result) {
		Envelope line = decode("{'id':'req_abc123_1','success':true,'result':" + result + "}");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(value(line)).isEqualTo(result.replace('\'', '"'));
	}

	@Test
	void membersComeInAnyOrder() {
		Envelope line = decode("{'result':{'id':'req_abc123_2','success':false},'success':true,'id':'req_abc123_1'}");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(line.sequence()).isEqualTo(1);
		assertThat(line.success()).isTrue();
		assertThat(value(line)).isEqualTo("{\"id\":\"req_abc123_2\",\"success\":false}");
	}

	@Test
	void unknownMembersAreSkipped() {
		Envelope line = decode("{'x':[1,{'a':'}'}],'id':'req_abc123_1','':0,'averyveryverylongname':null,"
				+ "'success':true,'Result':1,'result':2,'method':'echoed'}");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(value(line)).isEqualTo("2");
	}

	@Test
	void namesMayBeEscaped() {
		Envelope line = decode("{'\\u0069d':'req\\u005fabc123_1','succ\\u0065ss':true,'r\\u0065sult':5}");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(line.sequence()).isEqualTo(1);
		assertThat(line.id()).isEqualTo("req_abc123_1");
		assertThat(value(line)).isEqualTo("5");
	}

	@Test
	void ofMembersWithTheSameNameTheLastCounts() {
		Envelope line = decode("{'id':'req_abc123_1','success':true,'result':1,'id':'req_abc123_2','result':2}");
		assertThat(line.sequence()).isEqualTo(2);
		assertThat(value(line)).isEqualTo("2");
	}

	@Test
	void whiteSpaceIsAllowedBetweenTokens() {
		Envelope line = decode(" \t{ 'id' :\t'req_abc123_1' , 'success' : true\r, 'result' : [ 1 ] } \t");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(value(line)).isEqualTo("[ 1 ]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "'true'", "'false'", "1", "null", "{}", "[true]" })
	void onlyTheLiteralTrueIsSuccess(String success) {
		Envelope line = decode("{'id':'req_abc123_1','success':" + success + ",'result':1}");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(line.success()).isFalse();
	}

	@Test
	void anErrorIsGivenAsItIs() {
		assertThat(error("'not \\'found\\' \\u00e4'".replace("\\'", "\\\""))).isEqualTo("not \"found\" \u00e4");
		assertThat(error("''")).isEmpty();
	}

	@Test
	void anErrorThatIsNoStringIsGivenAsCompactJson() {
		assertThat(error("{ 'message' : 'a b' , 'n' : [ 1 , 2 ] }")).isEqualTo("{\"message\":\"a b\",\"n\":[1,2]}");
		assertThat(error("404")).isEqualTo("404");
	}

	@Test
	void anErrorMayBeMissing() {
		assertThat(error("null")).isEqualTo("the daemon gave no reason");
		assertThat(decode("{'id':'req_abc123_1','success':false}").errorText()).isEqualTo("the daemon gave no reason");
	}

	@Test
	void anErrorMayHaveCodeAndDetails() {
		Envelope line = decode(
				"{'id':'req_abc123_1','success':false,'error':'x','code':'NOT_FOUND','details':{ 'a': 1 }}");
		assertThat(line.code()).isEqualTo("NOT_FOUND");
		assertThat(line.details()).isEqualTo("{\"a\":1}");
		Envelope bare = decode("{'id':'req_abc123_1','success':false,'error':'x','code':null,'details':null}");
		assertThat(bare.code()).isNull();
		assertThat(bare.details()).isNull();
		assertThat(decode("{'id':'req_abc123_1','success':false,'code':404}").code()).isEqualTo("404");
	}

	@Test
	void aChunkHasData() {
		Envelope line = decode("{'id':'req_abc123_9','stream':true,'data':'aGVsbG8='}");
		assertThat(line.kind()).isEqualTo(Kind.CHUNK);
		assertThat(line.sequence()).isEqualTo(9);
		assertThat(value(line)).isEqualTo("\"aGVsbG8=\"");
		assertThat(value(decode("{'id':'req_abc123_9','stream':true,'data':null}"))).isEqualTo("null");
	}

	@Test
	void aChunkGoesBeforeAResponse() {
		assertThat(decode("{'id':'req_abc123_9','stream':true,'data':1,'success':true}").kind()).isEqualTo(Kind.CHUNK);
		assertThat(decode("{'id':'req_abc123_9','stream':false,'data':1,'success':true}").kind())
			.isEqualTo(Kind.RESPONSE);
		assertThat(decode("{'id':'req_abc123_9','stream':true,'success':true}").kind()).isEqualTo(Kind.RESPONSE);
	}

	@Test
	void anEventHasANameAndData() {
		Envelope line = decode("{'event':'watch:w_1','data':{'path':'x'}}");
		assertThat(line.kind()).isEqualTo(Kind.EVENT);
		assertThat(line.name()).isEqualTo("watch:w_1");
		assertThat(value(line)).isEqualTo("{\"path\":\"x\"}");
		assertThat(line.sequence()).isEqualTo(-1);
		assertThat(line.id()).isNull();
		assertThat(decode("{'event':'ready'}").valueStart()).isNegative();
	}

	@Test
	void aHotNameIsNotDecodedAgain() {
		String first = decode("{'event':'hot'}").name();
		decode("{'event':'other'}").name();
		assertThat(decode("{'data':1,'event':'hot'}").name()).isSameAs(first);
	}

	@Test
	void decodingAHotLineAllocatesNothing() {
		byte[] event = Bytes.json("{'event':'hot','data':{'a':[1,true,'x\\n']}}");
		byte[] chunk = Bytes.json("{'id':'req_abc123_9','stream':true,'data':12}");
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long allocated = 0;
		for (int round = 0; round < 2; round++) {
			allocated = threads.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < 10_000; i++) {
				this.decoder.decode(event, 0, event.length).name();
				this.decoder.decode(chunk, 0, chunk.length).sequence();
			}
			allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
		}
		assertThat(allocated).isLessThan(1_000);
	}

	@Test
	void namesOfAnyLengthAndContentAreTold() {
		String name = "\u00e4\u20ac\ud83d\ude00".repeat(50);
		assertThat(decode("{'event':'" + name + "'}").name()).isEqualTo(name);
		assertThat(decode("{'event':'\\u00e4\\n'}").name()).isEqualTo("\u00e4\n");
		assertThat(decode("{'event':''}").name()).isEmpty();
		for (int i = 0; i < 1_000; i++) {
			assertThat(decode("{'event':'name" + i + "'}").name()).isEqualTo("name" + i);
		}
	}

	@Test
	void anEventWithAnIdIsNone() {
		assertThat(decode("{'event':'x','id':'req_abc123_1','success':true}").kind()).isEqualTo(Kind.RESPONSE);
		assertViolation(decode("{'event':'x','id':'req_abc123_1'}"), Violation.UNKNOWN_SHAPE, 1);
		assertThat(decode("{'event':'x','id':null}").kind()).isEqualTo(Kind.EVENT);
	}

	@Test
	void onlyEventsAndCallsHaveAName() {
		Envelope line = decode("{'id':'req_abc123_1','success':true}");
		assertThatIllegalStateException().isThrownBy(line::name);
	}

	@Test
	void aForeignIdHasNoNumber() {
		Envelope line = decode("{'id':'someone-else','success':true}");
		assertThat(line.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(line.sequence()).isEqualTo(-1);
		assertThat(line.id()).isEqualTo("someone-else");
	}

	@Test
	void validUtf8OfAnyLengthPasses() {
		for (int point : new int[] { 0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x3ffff,
				0x40000, 0x10ffff }) {
			String name = "x" + Character.toString(point) + "y";
			assertThat(decode("{'event':'" + name + "'}").name()).isEqualTo(name);
		}
	}

	@Test
	void positionsAreThoseOfTheBuffer() {
		byte[] buffer = Bytes.json("xxx{'event':'e','data':12}yyy");
		Envelope line = this.decoder.decode(buffer, 3, buffer.length - 6);
		assertThat(line.kind()).isEqualTo(Kind.EVENT);
		assertThat(line.buffer()).isSameAs(buffer);
		assertThat(value(line)).isEqualTo("12");
	}

	private String error(String error) {
		return decode("{'id':'req_abc123_1','success':false,'error':" + error + "}").errorText();
	}

}
