package dev.rustbridge.actuate.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.ReadyDaemon;
import dev.rustbridge.actuate.autoconfigure.RustBridgeMetricsAutoConfiguration;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.transport.MemoryTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters in an application.
 */
class RustBridgeMetricsAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class,
				RustBridgeMetricsAutoConfiguration.class))
		.withBean("search", RustBridge.class,
				() -> RustBridge.builder("search")
					.transport(new MemoryTransport((instance) -> new ReadyDaemon()))
					.build());

	private final ApplicationContextRunner contexts = this.bare
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void theMetersAreThereBeforeTheBridgeStarts() {
		this.contexts.run((context) -> assertThat(context.getBean(MeterRegistry.class)
			.get(RustBridgeMeter.START_UP.meterName())
			.tag("bridge", "search")
			.timer()
			.count()).isOne());
	}

	@Test
	void withoutARegistryThereAreNone() {
		this.bare.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RustBridgeMetrics.class));
	}

	@Test
	void objectivesAndHistogramsFollowTheUsualProperties() {
		this.contexts
			.withPropertyValues("management.metrics.distribution.slo.rustbridge.commands=10ms,100ms",
					"management.metrics.distribution.percentiles.rustbridge.startup=0.5")
			.run((context) -> {
				context.getBean(RustBridge.class)
					.command("m")
					.timeout(Duration.ofMillis(1))
					.retrieveMono(String.class)
					.onErrorComplete()
					.block(LIMIT);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get(RustBridgeMeter.COMMANDS.meterName()).timer().takeSnapshot().histogramCounts())
					.extracting((CountAtBucket bucket) -> bucket.bucket(TimeUnit.MILLISECONDS))
					.containsExactly(10.0, 100.0);
				assertThat(registry.get(RustBridgeMeter.START_UP.meterName()).timer().takeSnapshot().percentileValues())
					.hasSize(1);
			});
	}

	@Test
	void theLimitsAreProperties() {
		this.contexts.withPropertyValues("rustbridge.metrics.max-methods=0").run((context) -> {
			context.getBean(RustBridge.class)
				.command("m")
				.timeout(Duration.ofMillis(1))
				.retrieveMono(String.class)
				.onErrorComplete()
				.block(LIMIT);
			assertThat(context.getBean(MeterRegistry.class)
				.get(RustBridgeMeter.COMMANDS.meterName())
				.timer()
				.getId()
				.getTag("method")).isEqualTo("other");
		});
	}

	@Test
	void aNegativeLimitIsRefusedByName() {
		this.contexts.withPropertyValues("rustbridge.metrics.max-events=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("rustbridge.metrics.max-events"));
	}

}
