package dev.rustbridge.protocol;

import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.protocol.Envelope.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a line may be only once it was agreed on.
 */
class EnvelopeCapabilityTests extends AbstractEnvelopeTests {

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

}
