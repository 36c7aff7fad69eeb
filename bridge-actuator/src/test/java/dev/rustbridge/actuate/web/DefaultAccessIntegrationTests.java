package dev.rustbridge.actuate.web;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;

import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator may do where nobody has allowed it.
 */
class DefaultAccessIntegrationTests {

	@Test
	void aBridgeMayBeReadAndNotStopped() {
		try (ConfigurableApplicationContext context = OperatedApplication.run(WebApplicationType.REACTIVE)) {
			WebClient client = WebClient
				.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
			assertThat(status(client.get().uri("/actuator/bridges/search"))).isEqualTo(200);
			// the path is there for reading
			assertThat(status(client.post().uri("/actuator/bridges/search/stop"))).isEqualTo(405);
			assertThat(context.getBean("search", RustBridge.class).state()).isEqualTo(BridgeState.READY);
		}
	}

	@Test
	void norOverJmx() throws JMException {
		try (ConfigurableApplicationContext context = OperatedApplication.run(WebApplicationType.NONE,
				"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=bridges",
				"spring.jmx.default-domain=default-access")) {
			assertThat(context.isRunning()).isTrue();
			ObjectName name = new ObjectName("default-access:type=Endpoint,name=Bridges");
			assertThat(ManagementFactory.getPlatformMBeanServer().getMBeanInfo(name).getOperations())
				.extracting(MBeanOperationInfo::getName)
				.contains("bridges", "bridge")
				.doesNotContain("act");
		}
	}

	private static int status(WebClient.RequestHeadersSpec<?> request) {
		return request.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.block();
	}

}
