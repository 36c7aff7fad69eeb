package dev.rustbridge.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.rustbridge.BridgeOptions.HealthRequirement;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.autoconfigure.RustBridgeActuatorAutoConfiguration;
import dev.rustbridge.actuate.health.RustBridgeHealthContributor;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.transport.MemoryTransport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

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
		return broken(startup, UnaryOperator.identity());
	}

	private static RustBridge broken(Startup startup, UnaryOperator<RustBridge.Builder> more) {
		return more.apply(RustBridge.builder("search")).startup(startup).transport(new MemoryTransport((instance) -> {
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
			assertThat(health.getDetails()).containsKeys("state", "since");
		});
	}

	@Test
	void aLazyBridgeThatWasNotStartedIsUnknown() {
		this.contexts.withBean("search", RustBridge.class, () -> bridge().startup(Startup.LAZY).build())
			.run((context) -> assertThat(health(context).getStatus().getCode()).isEqualTo("UNKNOWN"));
	}

	@Test
	void aLazyBridgeThatWasStoppedBecauseItWasIdleIsUnknown() {
		this.contexts
			.withBean("search", RustBridge.class,
					() -> bridge().startup(Startup.LAZY)
						.health(HealthRequirement.REQUIRED)
						.idleStop(Duration.ofMillis(1))
						.build())
			.run((context) -> {
				RustBridge bridge = context.getBean(RustBridge.class);
				bridge.start().block(Duration.ofSeconds(5));
				bridge.states().filter(BridgeState.STOPPED::equals).blockFirst(Duration.ofSeconds(5));
				assertThat(health(context).getStatus().getCode()).isEqualTo("UNKNOWN");
			});
	}

	@Test
	void aRequiredBridgeThatFailedIsDownAndSaysWhy() {
		this.contexts
			.withBean("search", RustBridge.class,
					() -> broken(Startup.BACKGROUND, (builder) -> builder.health(HealthRequirement.REQUIRED)))
			.run((context) -> {
				await().untilAsserted(() -> assertThat(health(context).getStatus().getCode()).isEqualTo("DOWN"));
				await().untilAsserted(() -> assertThat(health(context).getDetails().get("lastError")).asString()
					.contains("no daemon today"));
			});
	}

	@Test
	void everyInstanceOfAPoolHasItsOwnDetails() {
		this.contexts.withBean("search", RustBridge.class, () -> bridge().instances(2).build())
			.run((context) -> assertThat(health(context).getDetails().get("instances"))
				.asInstanceOf(InstanceOfAssertFactories.list(Map.class))
				.extracting((instance) -> instance.get("index"))
				.containsExactly(0, 1));
	}

	@Test
	void aMockOfABridgeIsUnknown() {
		this.contexts
			// as @MockitoBean does
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("search", mock(RustBridge.class)))
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
	void aLazyBridgeThatWasStoppedByIntentionWaitsForNoCallAndIsToldAsAnyOther() {
		this.contexts
			.withBean("search", RustBridge.class,
					() -> bridge().startup(Startup.LAZY).health(HealthRequirement.REQUIRED).build())
			.run((context) -> {
				context.getBean(RustBridge.class).stop().block(Duration.ofSeconds(5));
				assertThat(health(context).getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
			});
	}

	@Test
	void anOptionalBridgeThatWasStoppedIsDegraded() {
		this.contexts.withBean("search", RustBridge.class, () -> bridge().health(HealthRequirement.OPTIONAL).build())
			.run((context) -> {
				context.getBean(RustBridge.class).stop().block(Duration.ofSeconds(5));
				assertThat(health(context).getStatus().getCode()).isEqualTo("DEGRADED");
			});
	}

	@Test
	void aBridgeToASocketTellsWhichAndWhatIsWrongWithItAndSinceWhen() {
		Instant before = Instant.now();
		this.contexts
			.withBean("search", RustBridge.class,
					() -> RustBridge.builder("search")
						.socketPath(Path.of("/nowhere/search.sock"))
						.startup(Startup.BACKGROUND)
						.build())
			.run((context) -> {
				await().untilAsserted(() -> assertThat(health(context).getDetails()).containsKey("lastError"));
				Map<String, Object> details = health(context).getDetails();
				assertThat(details).containsEntry("socket", "/nowhere/search.sock")
					.containsEntry("transport", "socket")
					.doesNotContainKey("pid");
				assertThat(details.get("lastError")).asString().contains("/nowhere/search.sock");
				assertThat((Instant) details.get("lastErrorAt")).isBetween(before, Instant.now());
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
