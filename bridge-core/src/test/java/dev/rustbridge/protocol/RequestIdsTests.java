package dev.rustbridge.protocol;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestIdsTests {

	private final RequestIds ids = new RequestIds("req_abc123_");

	@Test
	void idsHaveARandomPartAndANumber() {
		RequestIds random = RequestIds.random();
		assertThat(random.format(random.next())).matches("req_[0-9a-z]{6}_1");
		assertThat(random.format(random.next())).matches("req_[0-9a-z]{6}_2");
	}

	@Test
	void twoHostsGetDifferentIds() {
		assertThat(RequestIds.random().format(1)).isNotEqualTo(RequestIds.random().format(1));
	}

	@Test
	void noNumberIsGivenTwice() {
		Set<Long> given = ConcurrentHashMap.newKeySet();
		IntStream.range(0, 10_000).parallel().forEach((i) -> given.add(this.ids.next()));
		assertThat(given).hasSize(10_000).contains(1L, 10_000L);
	}

	@Test
	void anOwnIdIsRecognised() {
		assertThat(parse("req_abc123_1")).isEqualTo(1);
		assertThat(parse("req_abc123_9007199254740993")).isEqualTo(9007199254740993L);
		assertThat(parse(this.ids.format(999_999_999_999_999_999L))).isEqualTo(999_999_999_999_999_999L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "req_", "req_abc123_", "req_abc123_0", "req_abc123_01", "req_abc123_1x",
			"req_abc123_-1", "req_abc124_1", "req_abc123_1234567890123456789", "Req_abc123_1", "d_1", "req_1",
			"req_abc123_1 ", "req_abc123_\u0661" })
	void anyOtherIdIsNot(String id) {
		assertThat(parse(id)).isEqualTo(-1);
	}

	@Test
	void onlyTheGivenBytesAreLookedAt() {
		byte[] buffer = Bytes.utf8("xreq_abc123_12345");
		assertThat(this.ids.parse(buffer, 1, 13)).isEqualTo(12);
	}

	private long parse(String id) {
		byte[] bytes = Bytes.utf8(id);
		return this.ids.parse(bytes, 0, bytes.length);
	}

}
