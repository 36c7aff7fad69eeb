package dev.rustbridge.protocol;

import java.nio.charset.Charset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes sure that the run with another charset is one; not part of the other.
 */
class DefaultCharsetTests {

	@Test
	void theDefaultCharsetIsTheOneThatWasAskedFor() {
		assertThat(Charset.defaultCharset()).hasToString(System.getProperty("rustbridge.test.charset"));
	}

}
