package dev.rustbridge.actuate.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Makes the meters of one bridge, as they are documented.
 */
final class Instruments {

	private final MeterRegistry registry;

	private final Tags bridge;

	Instruments(MeterRegistry registry, String bridge) {
		this.registry = registry;
		this.bridge = Tags.of(RustBridgeMeter.BRIDGE, bridge);
	}

	/** With the values of its tags, in the order of {@link RustBridgeMeter#tags()}. */
	Timer timer(RustBridgeMeter meter, String... values) {
		return Timer.builder(meter.meterName())
			.description(meter.description())
			.tags(tags(meter, values))
			.register(this.registry);
	}

	Counter counter(RustBridgeMeter meter, String... values) {
		return Counter.builder(meter.meterName())
			.description(meter.description())
			.baseUnit(meter.unit())
			.tags(tags(meter, values))
			.register(this.registry);
	}

	<T> void counter(RustBridgeMeter meter, T source, ToDoubleFunction<T> value, String... values) {
		FunctionCounter.builder(meter.meterName(), source, value)
			.description(meter.description())
			.baseUnit(meter.unit())
			.tags(tags(meter, values))
			.register(this.registry);
	}

	<T> void gauge(RustBridgeMeter meter, T source, ToDoubleFunction<T> value, String... values) {
		Gauge.builder(meter.meterName(), source, value)
			.description(meter.description())
			.baseUnit(meter.unit())
			.tags(tags(meter, values))
			// what is measured may be held by nobody else
			.strongReference(true)
			.register(this.registry);
	}

	private Tags tags(RustBridgeMeter meter, String... values) {
		List<String> keys = meter.tags();
		Tags tags = this.bridge;
		for (int i = 0; i < keys.size(); i++) {
			tags = tags.and(keys.get(i), values[i]);
		}
		return tags;
	}

}
