package dev.rustbridge.boot.lifecycle;

import java.io.IOException;
import java.nio.file.Path;

import dev.rustbridge.boot.BridgeContexts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndingApplicationIntegrationTests {

	@Test
	void onceTheApplicationEndsTheEndOfItsDaemonIsNoCrash() throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				EndingApplication.class.getName(),
				"--rustbridge.bridges.search.binary.path=" + BridgeContexts.chaosDaemon());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		Process application = builder.redirectErrorStream(true).start();
		String output = new String(application.getInputStream().readAllBytes());
		assertThat(application.waitFor()).as(output).isZero();
		assertThat(output).contains("without its daemon the bridge is STOPPED").doesNotContain("trying again");
	}

}
