package dev.rustbridge.benchmarks.peer;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;

/** Tracing as Spring Boot sets it up with OpenTelemetry, but for the exporter. */
final class Tracing {

	private Tracing() {
	}

	/** A registry whose observations become spans. */
	static ObservationRegistry registry() {
		Tracer tracer = SdkTracerProvider.builder().setSampler(Sampler.alwaysOn()).build().get("bench");
		OtelTracer otel = new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {
		});
		OtelPropagator propagator = new OtelPropagator(
				ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationHandler(new PropagatingSenderTracingObservationHandler<>(otel, propagator));
		return registry;
	}

}
