package dev.rustbridge.actuate;

import java.time.Duration;

import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.autoconfigure.RustBridgeActuatorAutoConfiguration;
import dev.rustbridge.actuate.health.RustBridgeHealthContributor;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.transport.MemoryTransport;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health of bridges.
 */
class RustBridgeHealthTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class,
				RustBridgeActuatorAutoConfiguration.class));

	private static RustBridge.Builder bridge() {
		return RustBridge.builder("search").transport(new MemoryTransport((instance) -> new ReadyDaemon()));
	}

	private static RustBridge broken(Startup startup) {
		return RustBridge.builder("search").startup(startup).transport(new MemoryTransport((instance) -> {
			throw new IllegalStateException("no daemon today");
		})).build();
	}

	private static Health health(ApplicationContext context) {
		ReactiveHealthIndicator indicator = (ReactiveHealthIndicator) context.getBean(RustBridgeHealthContributor.class)
			.getContributor("search");
		return indicator.health().block(Duration.ofSeconds(5));
	}

	@Test
	void aReadyBridgeIsUpAndTellsWhatItIs() {
		this.contexts.withBean("search", RustBridge.class, () -> bridge().build()).run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus().getCode()).isEqualTo("UP");
			assertThat(health.getDetails()).containsEntry("version", "1.2.3")
				.containsEntry("generation", 1L)
				.containsKeys("state", "since", "transport", "restarts");
		});
	}

	@Test
	void anOptionalBridgeThatDoesNotWorkIsDegraded() {
		this.contexts.withBean("search", RustBridge.class, () -> broken(Startup.BACKGROUND)).run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
		});
	}

	@Test
	void aLazyBridgeThatWasNotStartedIsUnknown() {
		this.contexts.withBean("search", RustBridge.class, () -> bridge().startup(Startup.LAZY).build())
			.run((context) -> assertThat(health(context).getStatus().getCode()).isEqualTo("UNKNOWN"));
	}

	@Test
	void aRequiredBridgeThatWasStoppedIsOutOfService() {
		this.contexts.withBean("search", RustBridge.class, () -> bridge().build()).run((context) -> {
			context.getBean(RustBridge.class).stop().block(Duration.ofSeconds(5));
			assertThat(health(context).getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
		});
	}

	@Test
	void aDisabledBridgeIsUnknown() {
		this.contexts.withBean("search", RustBridge.class, () -> bridge().enabled(false).build())
			.run((context) -> assertThat(health(context).getStatus().getCode()).isEqualTo("UNKNOWN"));
	}

	@Test
	void withoutTheIndicatorThereIsNone() {
		this.contexts.withPropertyValues("management.health.rustbridge.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RustBridgeHealthContributor.class));
	}

}
