package dev.rustbridge.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SearchRequestTests {

	@Test
	void whatIsLeftOutHasADefault() {
		assertThat(new SearchRequest("a", null, null, null).toQuery("/src"))
			.isEqualTo(new SearchQuery("/src", "a", null, false, 1_000));
	}

	@Test
	void aMissingPatternIsRefused() {
		assertThatExceptionOfType(ResponseStatusException.class)
			.isThrownBy(() -> new SearchRequest(null, null, null, null).toQuery("/src"))
			.withMessageContaining("q is missing");
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 1_000_001 })
	void aLimitOutOfBoundsIsRefused(long max) {
		assertThatExceptionOfType(ResponseStatusException.class)
			.isThrownBy(() -> new SearchRequest("a", null, null, max).toQuery("/src"))
			.withMessageContaining("max is " + max);
	}

}
