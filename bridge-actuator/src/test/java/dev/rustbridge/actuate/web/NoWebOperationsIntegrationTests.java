package dev.rustbridge.actuate.web;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Operations of an application without a web server: in the application itself, and over
 * JMX.
 */
class NoWebOperationsIntegrationTests {

	private static final String[] NONE = {};

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = OperatedApplication.run(WebApplicationType.NONE, "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=health,bridges",
				"management.endpoint.bridges.access=unrestricted");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	private static Object invoke(String endpoint, String operation, String... arguments) throws JMException {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=" + endpoint);
		String[] types = List.of(arguments).stream().map((argument) -> String.class.getName()).toArray(String[]::new);
		return server.invoke(name, operation, arguments, types);
	}

	@Test
	void theHealthOfBridgesIsThereWithoutAnyServer() {
		CompositeHealthDescriptor health = (CompositeHealthDescriptor) context.getBean(HealthEndpoint.class).health();
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getComponents()).containsKey("rustbridge");
	}

	@Test
	void theHealthIsThereOverJmx() throws JMException {
		assertThat(invoke("Health", "health", NONE)).asInstanceOf(InstanceOfAssertFactories.MAP)
			.extractingByKey("components")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.extractingByKey("rustbridge")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.extractingByKey("components")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsOnlyKeys("search", "spare", "later");
	}

	@Test
	void aBridgeIsToldOverJmx() throws JMException {
		assertThat(invoke("Bridges", "bridge", "search")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("state", "READY")
			.containsKeys("latency", "history", "configuration");
	}

	@Test
	void anUnknownBridgeIsNothingOverJmx() throws JMException {
		assertThat(invoke("Bridges", "bridge", "nobody")).isNull();
	}

	@Test
	void theLastFramesAreToldOverJmx() throws JMException {
		assertThat(invoke("Bridges", "view", "search", "frames")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.extractingByKey("frames")
			.asInstanceOf(InstanceOfAssertFactories.list(Map.class))
			.isNotEmpty();
	}

	@Test
	void anUnknownActionIsRefusedOverJmx() {
		assertThatThrownBy(() -> invoke("Bridges", "act", "search", "explode")).hasStackTraceContaining("explode");
	}

	@Test
	void aBridgeIsRestartedOverJmx() throws JMException {
		assertThat(invoke("Bridges", "act", "search", "restart")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.extractingByKey("instances")
			.asInstanceOf(InstanceOfAssertFactories.list(Map.class))
			.singleElement()
			.satisfies((instance) -> assertThat(instance.get("generation")).isEqualTo(2L));
	}

}
