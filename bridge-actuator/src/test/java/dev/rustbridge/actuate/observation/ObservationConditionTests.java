package dev.rustbridge.actuate.observation;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.autoconfigure.RustBridgeObservationAutoConfiguration;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.transport.MemoryTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where commands are observed, and where not.
 */
class ObservationConditionTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class,
				MetricsAutoConfiguration.class, ObservationAutoConfiguration.class,
				RustBridgeObservationAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean("search", RustBridge.class,
				() -> RustBridge.builder("search")
					.transport(new MemoryTransport((instance) -> new AnsweringDaemon(new CopyOnWriteArrayList<>())))
					.build());

	private final ApplicationContextRunner tracing = this.contexts
		.withConfiguration(AutoConfigurations.of(OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
		.withPropertyValues("management.tracing.sampling.probability=1.0")
		.withUserConfiguration(Exporting.class);

	@Test
	void metersAloneDoNotMakeCommandsObserved() {
		this.contexts.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BridgeObserver.class));
	}

	@Test
	void aTracerThatDoesNothingDoesNotMakeCommandsObserved() {
		this.contexts
			.withConfiguration(
					AutoConfigurations.of(NoopTracerAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(Tracer.class).doesNotHaveBean(BridgeObserver.class));
	}

	@Test
	void withoutTheLibraryOfTracingTheApplicationStarts() {
		this.contexts
			.withClassLoader(new FilteredClassLoader("io.micrometer.tracing", "io.micrometer.context",
					"org.springframework.boot.micrometer.tracing"))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("rustBridgeObserver");
				call(context);
			});
	}

	@Test
	void whereTheApplicationTracesCommandsAreSpans() {
		this.tracing.run((context) -> {
			assertThat(context).hasSingleBean(PropagatingSenderTracingObservationHandler.class);
			call(context);
			awaitSpan(context, "search/echo");
		});
	}

	@Test
	void aTracedCommandIsNoMeterOfItsOwn() {
		this.tracing.run((context) -> {
			call(context);
			awaitSpan(context, "search/echo");
			assertThat(context.getBean(MeterRegistry.class).getMeters())
				.noneMatch((meter) -> meter.getId().getName().startsWith("rustbridge.command.observation"));
		});
	}

	@Test
	void aConventionOfTheApplicationReplacesTheDefault() {
		this.tracing.withBean(BridgeCommandObservationConvention.class, Shouting::new).run((context) -> {
			call(context);
			awaitSpan(context, "ECHO");
		});
	}

	private static void call(ApplicationContext context) {
		context.getBean(RustBridge.class).command("echo").retrieveMono(Integer.class).block(LIMIT);
	}

	private static void awaitSpan(ApplicationContext context, String name) {
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(context.getBean(InMemorySpanExporter.class).getFinishedSpanItems())
				.extracting(SpanData::getName)
				.contains(name));
	}

	@Configuration(proxyBeanMethods = false)
	static class Exporting {

		@Bean
		InMemorySpanExporter spanExporter() {
			return InMemorySpanExporter.create();
		}

		@Bean
		SpanProcessor spanProcessor(InMemorySpanExporter exporter) {
			return SimpleSpanProcessor.create(exporter);
		}

	}

	private static final class Shouting extends DefaultBridgeCommandObservationConvention {

		@Override
		public String getContextualName(BridgeCommandContext context) {
			return context.getMethod().toUpperCase(Locale.ROOT);
		}

	}

}
