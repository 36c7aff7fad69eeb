package dev.rustbridge.boot.devtools;

import dev.rustbridge.boot.fork.ForkedApplication;
import dev.rustbridge.boot.fork.ForkedApplication.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartIntegrationTests {

	@Test
	void eachRestartHasOneDaemonAndNoClassLoaderIsHeld() throws Exception {
		Result result = new ForkedApplication(Restarts.class).with(System.getProperty("rustbridge.test.devtools"))
			// fifty times as much to look through
			.without("spring-webflux", "spring-webmvc", "spring-boot-webflux", "spring-boot-webmvc", "tomcat", "netty",
					"reactor-netty", "hibernate", "spring-boot-test", "junit", "mockito", "archunit")
			.options("-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0")
			.run();
		assertThat(result.exitValue()).as(result.output()).isZero();
		assertThat(result.output()).contains("restarts: 50, class loaders held: 0");
	}

}
