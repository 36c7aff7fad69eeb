package dev.rustbridge.protocol;

import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines that are none, and what can be told of them.
 */
class EnvelopeViolationTests extends AbstractEnvelopeTests {

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
	void anExcerptIsShortAndSafe() {
		assertThat(excerpt(Bytes.of('a', '\\', 0x1b, '"', 0x7f, 0xc3, 0xa4, 0)))
			.isEqualTo("a\\\\\\x1b\"\\x7f\\xc3\\xa4\\x00");
		assertThat(excerpt(Bytes.utf8("x".repeat(120)))).isEqualTo("x".repeat(120));
		assertThat(excerpt(Bytes.utf8("x".repeat(5_000)))).isEqualTo("x".repeat(120) + "... (5000 bytes)");
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

}
