package dev.rustbridge.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.autoconfigure.RustBridgeActuatorAutoConfiguration;
import dev.rustbridge.actuate.endpoint.BridgeAction;
import dev.rustbridge.actuate.endpoint.BridgesEndpoint;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.transport.MemoryTransport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint {@code bridges}.
 */
class BridgesEndpointTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class,
				RustBridgeActuatorAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=bridges",
				"management.endpoints.jmx.exposure.include=bridges")
		.withBean("search", RustBridge.class,
				() -> RustBridge.builder("search")
					.environment(Map.of("API_TOKEN", "s3cret"))
					.transport(new MemoryTransport((instance) -> new ReadyDaemon()))
					.build());

	@Test
	void allBridgesAreTold() {
		this.contexts
			.run((context) -> assertThat(context.getBean(BridgesEndpoint.class).bridges()).extractingByKey("bridges")
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("search"));
	}

	@Test
	void oneBridgeIsToldWithItsConfigurationAndWithoutSecrets() {
		this.contexts.run((context) -> {
			Map<String, Object> told = context.getBean(BridgesEndpoint.class).bridge("search");
			assertThat(told).containsEntry("state", BridgeState.READY).containsKeys("instances", "configuration");
			assertThat(told.toString()).contains("API_TOKEN").doesNotContain("s3cret");
		});
	}

	@Test
	void anUnknownBridgeIsNotThere() {
		this.contexts.run((context) -> {
			BridgesEndpoint endpoint = context.getBean(BridgesEndpoint.class);
			assertThat(endpoint.bridge("nobody")).isNull();
			assertThat(endpoint.act("nobody", BridgeAction.START).blockOptional(LIMIT)).isEmpty();
		});
	}

	@Test
	void anOperatorMayRestartABridge() {
		this.contexts.run((context) -> {
			Map<String, Object> told = context.getBean(BridgesEndpoint.class)
				.act("search", BridgeAction.RESTART)
				.block(LIMIT);
			assertThat(told).extractingByKey("instances")
				.asInstanceOf(InstanceOfAssertFactories.list(Map.class))
				.singleElement()
				.satisfies((instance) -> assertThat(instance.get("generation")).isEqualTo(2L));
			assertThat(List.copyOf(told.keySet())).contains("state");
		});
	}

	@Test
	void anOperatorMayStopABridge() {
		this.contexts.run((context) -> {
			context.getBean(BridgesEndpoint.class).act("search", BridgeAction.STOP).block(LIMIT);
			assertThat(context.getBean(RustBridge.class).state()).isEqualTo(BridgeState.STOPPED);
		});
	}

}
