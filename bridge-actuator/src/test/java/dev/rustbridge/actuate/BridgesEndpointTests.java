package dev.rustbridge.actuate;

import java.lang.reflect.RecordComponent;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.autoconfigure.RustBridgeActuatorAutoConfiguration;
import dev.rustbridge.actuate.endpoint.BridgeAction;
import dev.rustbridge.actuate.endpoint.BridgesEndpoint;
import dev.rustbridge.actuate.endpoint.BridgesWebEndpointExtension;
import dev.rustbridge.actuate.history.BridgeHistory;
import dev.rustbridge.actuate.history.CommandLatency;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.transport.MemoryTransport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

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
					.environment(Map.of("API_TOKEN", "s3cret", "MODE", "fast"))
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
	void theConfigurationIsComplete() {
		this.contexts.run((context) -> assertThat(configuration(context))
			.containsOnlyKeys(Arrays.stream(BridgeOptions.class.getRecordComponents())
				.map(RecordComponent::getName)
				// that is what it is found under
				.filter((name) -> !name.equals("name"))
				.toArray(String[]::new)));
	}

	@Test
	void valuesAreShownWhereTheyMayBeAndSanitizedByTheApplication() {
		this.contexts.withPropertyValues("management.endpoint.bridges.show-values=always")
			.withBean(SanitizingFunction.class, () -> SanitizingFunction.sanitizeValue().ifLikelyCredential())
			.run((context) -> assertThat(configuration(context)).extractingByKey("environment")
				.isEqualTo(Map.of("API_TOKEN", SanitizableData.SANITIZED_VALUE, "MODE", "fast")));
	}

	@Test
	void valuesAreShownToThoseWhoAreAuthorizedOverHttp() {
		this.contexts.withPropertyValues("management.endpoint.bridges.show-values=when-authorized").run((context) -> {
			BridgesWebEndpointExtension extension = new BridgesWebEndpointExtension(
					context.getBean(BridgesEndpoint.class), Set.of("OPERATOR"));
			assertThat(extension.bridge(userWithRole("OPERATOR"), "search").getBody().toString()).contains("s3cret");
			assertThat(extension.bridge(userWithRole("GUEST"), "search").getBody().toString()).doesNotContain("s3cret");
			assertThat(extension.bridge(SecurityContext.NONE, "search").getBody().toString()).doesNotContain("s3cret");
			// over JMX nobody is known
			assertThat(description(context).toString()).doesNotContain("s3cret");
		});
	}

	private static SecurityContext userWithRole(String role) {
		return new SecurityContext() {
			@Override
			public Principal getPrincipal() {
				return () -> "user";
			}

			@Override
			public boolean isUserInRole(String asked) {
				return asked.equals(role);
			}
		};
	}

	@Test
	void theConfigurationSaysWhatHoldsWhereNothingIsSet() {
		this.contexts.run((context) -> assertThat(configuration(context)).containsEntry("idleStop", "never")
			.extractingByKey("heartbeat")
			.isEqualTo(Map.of("interval", "10s with the extended protocol, else off", "timeout", Duration.ofSeconds(10),
					"busyTimeout", "off")));
	}

	@Test
	void sizesAreToldWithTheirUnit() {
		this.contexts.run((context) -> assertThat(configuration(context)).containsEntry("streamBuffer", "16MB")
			.containsEntry("maxMessageSize", "50MB")
			.containsEntry("maxQueuedBytes", "64MB"));
	}

	@Test
	void theTimeThatADaemonHasServedEndsWithIt() {
		this.contexts.run((context) -> {
			assertThat(instance(context)).containsKey("uptime");
			context.getBean(BridgesEndpoint.class).act("search", BridgeAction.STOP).block(LIMIT);
			assertThat(instance(context)).doesNotContainKey("uptime").containsKeys("readyAt", "version");
			assertThat(description(context)).containsEntry("stopped", true);
		});
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> instance(ApplicationContext context) {
		return ((List<Map<String, Object>>) description(context).get("instances")).get(0);
	}

	@Test
	void theStepsOfTheBridgeAreRemembered() {
		this.contexts.run((context) -> assertThat(description(context)).extractingByKey("history")
			.asInstanceOf(InstanceOfAssertFactories.list(BridgeHistory.Step.class))
			.extracting(BridgeHistory.Step::to)
			.containsExactly(BridgeState.STARTING, null, BridgeState.READY));
	}

	@Test
	void errorsAndLatenciesAreRemembered() {
		this.contexts.run((context) -> {
			context.getBean(RustBridge.class)
				.command("stats")
				.timeout(Duration.ofMillis(5))
				.retrieveMono(String.class)
				.onErrorComplete()
				.block(LIMIT);
			Map<String, Object> told = description(context);
			assertThat(told).extractingByKey("errors")
				.asInstanceOf(InstanceOfAssertFactories.list(BridgeHistory.Failure.class))
				.singleElement()
				.satisfies((failure) -> {
					assertThat(failure.method()).isEqualTo("stats");
					assertThat(failure.outcome()).isEqualTo("timeout");
					assertThat(failure.type()).isEqualTo("CommandTimeoutException");
				});
			assertThat(told).extractingByKey("latency")
				.asInstanceOf(InstanceOfAssertFactories.map(String.class, CommandLatency.class))
				.hasEntrySatisfying("stats", (latency) -> {
					assertThat(latency.count()).isOne();
					assertThat(latency.p50Millis()).isGreaterThanOrEqualTo(5).isLessThanOrEqualTo(latency.maxMillis());
				});
		});
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> configuration(ApplicationContext context) {
		return (Map<String, Object>) description(context).get("configuration");
	}

	private static Map<String, Object> description(ApplicationContext context) {
		return Objects.requireNonNull(context.getBean(BridgesEndpoint.class).bridge("search"));
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
