package dev.rustbridge.actuate.metrics;

import java.util.Arrays;
import java.util.function.Function;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.process.ProcessUsage;
import org.jspecify.annotations.Nullable;

/**
 * What is looked up when somebody asks, so that no command pays for it.
 */
final class InstanceGauges {

	private InstanceGauges() {
	}

	static void register(RustBridge bridge, Instruments instruments) {
		instruments.gauge(RustBridgeMeter.ACTIVE, bridge, (source) -> source.info().inFlight());
		instruments.gauge(RustBridgeMeter.QUEUED, bridge, (source) -> source.info().waiting());
		instruments.gauge(RustBridgeMeter.QUEUE_SIZE, bridge,
				(source) -> source.info().instances().stream().mapToLong(BridgeInfo.Instance::queuedBytes).sum());
		instruments.counter(RustBridgeMeter.RESTARTS, bridge,
				(source) -> source.info().instances().stream().mapToLong(BridgeInfo.Instance::restarts).sum());
		Arrays.stream(BridgeState.values())
			.forEach((state) -> instruments.gauge(RustBridgeMeter.STATE, bridge, (source) -> count(source, state),
					RustBridgeMeter.valueOf(state)));
		for (int index = 0; index < bridge.options().instances(); index++) {
			registerProcess(bridge, new DaemonUsage(bridge, index), instruments, Integer.toString(index));
		}
	}

	private static long count(RustBridge bridge, BridgeState state) {
		return bridge.info().instances().stream().filter((instance) -> instance.state() == state).count();
	}

	private static void registerProcess(RustBridge bridge, DaemonUsage usage, Instruments instruments, String index) {
		// a registry forgets the source of a counter that nobody else holds: it is given
		// the bridge, and the usage is held by the function
		instruments.counter(RustBridgeMeter.PROCESS_CPU, bridge, (source) -> usage.cpuSeconds(), index);
		gauge(RustBridgeMeter.PROCESS_MEMORY, usage, ProcessUsage::residentBytes, instruments, index);
		gauge(RustBridgeMeter.PROCESS_THREADS, usage, ProcessUsage::threads, instruments, index);
		gauge(RustBridgeMeter.PROCESS_FILES, usage, ProcessUsage::descriptors, instruments, index);
	}

	private static void gauge(RustBridgeMeter meter, DaemonUsage usage, Function<ProcessUsage, @Nullable Number> value,
			Instruments instruments, String index) {
		instruments.gauge(meter, usage, (source) -> {
			ProcessUsage current = source.current();
			Number number = (current != null) ? value.apply(current) : null;
			return (number != null) ? number.doubleValue() : Double.NaN;
		}, index);
	}

}
