package dev.rustbridge.protocol;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EnvelopeDecoderTests {

	private final EnvelopeDecoder decoder = new EnvelopeDecoder(new RequestIds("req_abc123_"));

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
	void theDaemonMayCallOnceItWasAgreed() {
		String call = "{'id':'d_1','method':'authorize','params':{'a':1},'deadlineMs':1500,"
				+ "'trace':{'tracestate':'v=1','traceparent':'00-a-b-01'}}";
		assertViolation(decode(call), Violation.UNKNOWN_SHAPE, -1);
		this.decoder.acceptCalls(true);
		Envelope line = decode(call);
		assertThat(line.kind()).isEqualTo(Kind.HOST_CALL);
		assertThat(line.id()).isEqualTo("d_1");
		assertThat(line.name()).isEqualTo("authorize");
		assertThat(value(line)).isEqualTo("{\"a\":1}");
		assertThat(line.deadlineMs()).isEqualTo(1500);
		assertThat(line.traceparent()).isEqualTo("00-a-b-01");
		assertThat(line.tracestate()).isEqualTo("v=1");
	}

	@Test
	void aCallMaySayNothingBesides() {
		this.decoder.acceptCalls(true);
		Envelope line = decode("{'id':'d_1','method':'x'}");
		assertThat(line.valueStart()).isNegative();
		assertThat(line.deadlineMs()).isEqualTo(-1);
		assertThat(line.traceparent()).isNull();
		assertThat(line.tracestate()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "'x'", "null", "{}", "[]", "{'traceparent':1}", "{'traceparent':null}", "{ }",
			"{'a':{'traceparent':'no'}}" })
	void aTraceThatIsNoneIsIgnored(String trace) {
		this.decoder.acceptCalls(true);
		assertThat(decode("{'id':'d_1','method':'x','trace':" + trace + "}").traceparent()).isNull();
	}

	@Test
	void aTraceIsReadAsJson() {
		this.decoder.acceptCalls(true);
		Envelope line = decode("{'id':'d_1','method':'x','trace':{ 'x' : [1] , 'trace\\u0070arent' : 'a\\u002db' }}");
		assertThat(line.traceparent()).isEqualTo("a-b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1.5", "'5'", "null", "1e3" })
	void aDeadlineThatIsNoneIsIgnored(String deadline) {
		this.decoder.acceptCalls(true);
		assertThat(decode("{'id':'d_1','method':'x','deadlineMs':" + deadline + "}").deadlineMs()).isEqualTo(-1);
	}

	@Test
	void theDaemonMayCancelItsCallOnceItWasAgreed() {
		assertThat(decode("{'id':'d_1','cancel':true}").kind()).isEqualTo(Kind.VIOLATION);
		this.decoder.acceptCancel(true);
		assertThat(decode("{'id':'d_1','cancel':true}").kind()).isEqualTo(Kind.CANCEL);
		assertThat(decode("{'id':'d_1','cancel':'true'}").kind()).isEqualTo(Kind.VIOLATION);
	}

	@Test
	void theDaemonMayGrantCreditOnceItWasAgreed() {
		assertViolation(decode("{'id':'req_abc123_3','credit':64}"), Violation.UNKNOWN_SHAPE, 3);
		this.decoder.acceptCredit(true);
		Envelope line = decode("{'id':'req_abc123_3','credit':64}");
		assertThat(line.kind()).isEqualTo(Kind.CREDIT);
		assertThat(line.sequence()).isEqualTo(3);
		assertThat(line.credit()).isEqualTo(64);
	}

	@Test
	void creditSaturates() {
		this.decoder.acceptCredit(true);
		long unlimited = (1L << 53) - 1;
		assertThat(decode("{'id':'req_abc123_3','credit':0}").credit()).isZero();
		assertThat(decode("{'id':'req_abc123_3','credit':9007199254740991}").credit()).isEqualTo(unlimited);
		assertThat(decode("{'id':'req_abc123_3','credit':18446744073709551616}").credit()).isEqualTo(unlimited);
		assertThat(decode("{'id':'req_abc123_3','credit':" + "9".repeat(5_000) + "}").credit()).isEqualTo(unlimited);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1.5", "'5'", "null", "1e3", "true" })
	void creditThatIsNoneIsAViolation(String credit) {
		this.decoder.acceptCredit(true);
		assertViolation(decode("{'id':'req_abc123_3','credit':" + credit + "}"), Violation.UNKNOWN_SHAPE, 3);
	}

	@Test
	void rawBytesMayFollowOnceItWasAgreed() {
		assertViolation(decode("{'id':'req_abc123_4','stream':true,'bytes':65536}"), Violation.UNKNOWN_SHAPE, 4);
		this.decoder.acceptBytes(true);
		Envelope line = decode("{'id':'req_abc123_4','stream':true,'bytes':65536}");
		assertThat(line.kind()).isEqualTo(Kind.RAW_CHUNK);
		assertThat(line.sequence()).isEqualTo(4);
		assertThat(line.payload()).isEqualTo(65536);
		assertThat(line.valueStart()).isNegative();
		assertThat(decode("{'id':'unknown','stream':true,'bytes':0}").kind()).isEqualTo(Kind.RAW_CHUNK);
	}

	@Test
	void bytesBesideDataMeanNothing() {
		this.decoder.acceptBytes(true);
		assertThat(decode("{'id':'req_abc123_4','stream':true,'bytes':5,'data':1}").kind()).isEqualTo(Kind.CHUNK);
		assertThat(decode("{'id':'req_abc123_4','success':true,'bytes':5}").kind()).isEqualTo(Kind.RESPONSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1.5", "'5'", "1e3", "true", "[]", "9007199254740991", "18446744073709551616" })
	void aBadCountOfBytesIsToldApart(String bytes) {
		this.decoder.acceptBytes(true);
		assertViolation(decode("{'id':'req_abc123_4','stream':true,'bytes':" + bytes + "}"), Violation.BAD_BYTES, 4);
	}

	@Test
	void rawBytesWithoutAnIdAreToldApart() {
		this.decoder.acceptBytes(true);
		assertViolation(decode("{'stream':true,'bytes':4}"), Violation.BAD_BYTES, -1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'data':1}", "{'id':17,'success':true}", "{'event':5}", "{'id':null}",
			"{'success':true,'result':1}", "{'id':['req_abc123_1'],'success':true}", "{'event':null,'data':1}" })
	void anyOtherObjectIsAViolation(String line) {
		assertViolation(decode(line), Violation.UNKNOWN_SHAPE, -1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "42", "null", "[]", "'text'", "[{'id':'req_abc123_1','success':true}]", "{",
			"{'event':'x'", "{'event':'x'}}", "{'event':'x'} {}", "{'event':'x',}", "{'event':'x' 'data':1}",
			"{event:1}", "{'event':'x','data':[1,]}", "{'event':'x','data':01}", "{'event':'\\x'}", "{'event' 'x'}",
			"{,'event':'x'}", "{'event':'x','data':nul}", "{'event':'x','data':tru\0}", "}", "", "{'event':'x\ty'}" })
	void whatIsNoJsonObjectIsNoise(String line) {
		assertViolation(decode(line), Violation.NOISE, -1);
	}

	@Test
	void invalidUtf8AnywhereIsNoise() {
		for (byte[] bad : InvalidUtf8.SEQUENCES) {
			byte[] line = Bytes.concat(Bytes.json("{'event':'x','data':'"), bad, Bytes.json("'}"));
			assertViolation(this.decoder.decode(line, 0, line.length), Violation.NOISE, -1);
			byte[] name = Bytes.concat(Bytes.json("{'"), bad, Bytes.json("':1,'event':'x'}"));
			assertViolation(this.decoder.decode(name, 0, name.length), Violation.NOISE, -1);
		}
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
	void aBrokenLineTellsWhoseItIs() {
		assertViolation(decode("{'id':'req_abc123_5','success':true,'result':nul}"), Violation.NOISE, 5);
		assertViolation(decode("{'success':true,'result':nul,'id':'req_abc123_5'}"), Violation.NOISE, 5);
		assertViolation(decode("{'result':'a\tb','id' : 'req_abc123_5'}"), Violation.NOISE, 5);
	}

	@Test
	void aBrokenLineIsNotTakenForAnotherOnes() {
		assertViolation(decode("{'result':{'id':'req_abc123_5'},nul}"), Violation.NOISE, -1);
		assertViolation(decode("{'result':'{\\'id\\':\\'req_abc123_5\\'}',nul}".replace("\\'", "\\\"")),
				Violation.NOISE, -1);
		assertViolation(decode("'id':'req_abc123_5'"), Violation.NOISE, -1);
		assertViolation(decode("{'id':5,nul}"), Violation.NOISE, -1);
	}

	@Test
	void theIdIsFoundInTheHeadOfAnOversizedLine() {
		assertThat(recover("{'id':'req_abc123_5','success':true,'result':'xxxxxxx")).isEqualTo(5);
		assertThat(recover("{'success':true , 'id' :\t'req_abc123_5','result':[[[{'x':")).isEqualTo(5);
		assertThat(recover("{'small':{'id':'req_abc123_6'},'id':'req_abc123_5',")).isEqualTo(5);
	}

	@Test
	void theIdIsNotFoundWhereItIsCutOffOrNotOurs() {
		assertThat(recover("{'result':'xxxxxxx")).isEqualTo(-1);
		assertThat(recover("{'id':'req_abc123_5")).isEqualTo(-1);
		assertThat(recover("{'id':'req_abc123_5\\")).isEqualTo(-1);
		assertThat(recover("{'id':")).isEqualTo(-1);
		assertThat(recover("{'id'")).isEqualTo(-1);
		assertThat(recover("{'id")).isEqualTo(-1);
		assertThat(recover("{'id':'d_5','method'")).isEqualTo(-1);
		assertThat(recover("{'result':[{'id':'req_abc123_5'}")).isEqualTo(-1);
		assertThat(recover("")).isEqualTo(-1);
	}

	@Test
	void aLineMayBeNestedUpToTheLimit() {
		assertThat(nested(EnvelopeDecoder.MAX_DEPTH - 1).kind()).isEqualTo(Kind.RESPONSE);
		Envelope deeper = nested(EnvelopeDecoder.MAX_DEPTH);
		assertViolation(deeper, Violation.NOISE, 1);
		assertThat(deeper.violationText()).startsWith("nested more than 10000 levels deep at byte ");
	}

	@Test
	void everyLevelMustBeClosedByItsOwnBracket() {
		int levels = 200;
		StringBuilder open = new StringBuilder();
		StringBuilder close = new StringBuilder();
		for (int level = 0; level < levels; level++) {
			boolean object = level % 3 == 0 || level % 7 == 0;
			open.append(object ? "{'a':" : "[");
			close.insert(0, object ? '}' : ']');
		}
		assertThat(decode("{'event':'x','data':" + open + "1" + close + "}").kind()).isEqualTo(Kind.EVENT);
		for (int level = 0; level < levels; level++) {
			StringBuilder wrong = new StringBuilder(close);
			wrong.setCharAt(level, (wrong.charAt(level) == '}') ? ']' : '}');
			assertViolation(decode("{'event':'x','data':" + open + "1" + wrong + "}"), Violation.NOISE, -1);
		}
	}

	@Test
	void unboundedNestingIsRefused() {
		assertViolation(decode("{'a':".repeat(100_000)), Violation.NOISE, -1);
		assertViolation(decode("[".repeat(1_000_000)), Violation.NOISE, -1);
	}

	@Test
	void theTextOfAViolationSaysWhere() {
		assertThat(decode("{'event':'x',}").violationText()).isEqualTo("not a JSON object: unexpected byte at byte 13");
		assertThat(decode("{'event':").violationText()).isEqualTo("not a JSON object: ends too early at byte 9");
		assertThat(decode("{'event':'\u0001'}").violationText())
			.isEqualTo("not a JSON object: control byte at byte 10");
		assertThat(decode("{'id':5}").violationText()).isEqualTo("\"id\" is not a string");
		assertThat(decode("{'event':5}").violationText()).isEqualTo("\"event\" is not a string");
		assertThat(decode("{'data':5}").violationText()).isEqualTo("neither \"id\" nor \"event\"");
	}

	@Test
	void positionsAreThoseOfTheBuffer() {
		byte[] buffer = Bytes.json("xxx{'event':'e','data':12}yyy");
		Envelope line = this.decoder.decode(buffer, 3, buffer.length - 6);
		assertThat(line.kind()).isEqualTo(Kind.EVENT);
		assertThat(line.buffer()).isSameAs(buffer);
		assertThat(value(line)).isEqualTo("12");
	}

	@Test
	void anExcerptIsShortAndSafe() {
		assertThat(excerpt(Bytes.of('a', '\\', 0x1b, '"', 0x7f, 0xc3, 0xa4, 0)))
			.isEqualTo("a\\\\\\x1b\"\\x7f\\xc3\\xa4\\x00");
		assertThat(excerpt(Bytes.utf8("x".repeat(120)))).isEqualTo("x".repeat(120));
		assertThat(excerpt(Bytes.utf8("x".repeat(5_000)))).isEqualTo("x".repeat(120) + "... (5000 bytes)");
	}

	private Envelope decode(String text) {
		byte[] line = Bytes.json(text);
		return this.decoder.decode(line, 0, line.length);
	}

	private String error(String error) {
		return decode("{'id':'req_abc123_1','success':false,'error':" + error + "}").errorText();
	}

	private long recover(String head) {
		byte[] bytes = Bytes.concat(Bytes.json("xx"), Bytes.json(head), Bytes.json("'}],'id':'req_abc123_9'"));
		return this.decoder.recoverId(bytes, 2, Bytes.json(head).length);
	}

	private Envelope nested(int depth) {
		return decode("{'id':'req_abc123_1','success':true,'result':" + "[".repeat(depth) + "]".repeat(depth) + "}");
	}

	private static String excerpt(byte[] line) {
		return EnvelopeDecoder.excerpt(line, 0, line.length);
	}

	private static @Nullable String value(Envelope line) {
		int start = line.valueStart();
		return (start < 0) ? null : Bytes.text(line.buffer(), start, line.valueEnd() - start);
	}

	private static void assertViolation(Envelope line, Violation violation, long sequence) {
		assertThat(line.kind()).isEqualTo(Kind.VIOLATION);
		assertThat(line.violation()).isEqualTo(violation);
		assertThat(line.sequence()).isEqualTo(sequence);
		assertThat(line.violationText()).isNotBlank();
	}

}
