package dev.rustbridge.jfr;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A runtime that was made without Flight Recorder, as {@code jlink} makes them.
 */
class WithoutJfrIntegrationTests {

	@Test
	void aBridgeWorksInARuntimeWithoutFlightRecorder() throws Exception {
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--limit-modules", "java.base,java.management,java.naming,java.xml,jdk.unsupported",
				"-Drustbridge.test.daemons=" + System.getProperty("rustbridge.test.daemons"), "-cp",
				System.getProperty("java.class.path"), CallingJvm.class.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(output).contains("answer {\"jfr\":false}");
		assertThat(jvm.waitFor()).isZero();
	}

}
