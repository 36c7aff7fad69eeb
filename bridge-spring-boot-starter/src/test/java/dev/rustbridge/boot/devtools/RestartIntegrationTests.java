package dev.rustbridge.boot.devtools;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartIntegrationTests {

	@Test
	void eachRestartHasOneDaemonAndNoClassLoaderIsHeld() throws Exception {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-Drustbridge.test.daemons=" + System.getProperty("rustbridge.test.daemons"), Restarts.class.getName());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		Process restarts = builder.redirectErrorStream(true).start();
		String output = new String(restarts.getInputStream().readAllBytes());
		assertThat(restarts.waitFor()).as(output).isZero();
		assertThat(output).contains("class loaders held: 0");
	}

}
