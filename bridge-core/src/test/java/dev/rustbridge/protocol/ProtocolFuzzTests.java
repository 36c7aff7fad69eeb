package dev.rustbridge.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The properties of framer and decoder for bytes that Jazzer makes up. In an ordinary
 * build only the inputs in the resources are tried; with {@code JAZZER_FUZZ=1} in the
 * environment, and one test named ({@code -Dtest=ProtocolFuzzTests#envelope}), new ones
 * are looked for.
 */
class ProtocolFuzzTests {

	@FuzzTest(maxDuration = "1m")
	void framing(byte[] stream) {
		FuzzProperties.framing(stream);
	}

	@FuzzTest(maxDuration = "1m")
	void envelope(byte[] line) {
		FuzzProperties.envelope(line);
	}

}
