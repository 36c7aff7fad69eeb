package dev.rustbridge.actuate.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.actuate.bounded.BoundedTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens in one bridge, in one registry. Called for every command: what it
 * needs is looked up by one name at most.
 */
final class BridgeMeters implements BridgeListener {

	private static final String UNKNOWN = "unknown";

	private final BoundedTable<MethodMeters> methods;

	private final BoundedTable<EventMeters> events;

	private final Counter heldByUnknown;

	private final Counter bytesIn;

	private final Counter bytesOut;

	private final Counter reconnects;

	private final Timer startUp;

	private final Timer heartbeat;

	private final Map<Violation, Counter> violations = new EnumMap<>(Violation.class);

	BridgeMeters(Instruments instruments, MeterLimits limits) {
		BoundedTable<String> codes = new BoundedTable<>(limits.maxErrorCodes(), Function.identity());
		this.methods = new BoundedTable<>(limits.maxMethods(),
				(method) -> new MethodMeters(instruments, method, codes));
		this.events = new BoundedTable<>(limits.maxEvents(), (event) -> EventMeters.of(instruments, event));
		this.heldByUnknown = instruments.counter(RustBridgeMeter.IO_HELD, UNKNOWN);
		this.bytesIn = instruments.counter(RustBridgeMeter.BYTES, "in");
		this.bytesOut = instruments.counter(RustBridgeMeter.BYTES, "out");
		this.reconnects = instruments.counter(RustBridgeMeter.RECONNECTS);
		this.startUp = instruments.timer(RustBridgeMeter.START_UP);
		this.heartbeat = instruments.timer(RustBridgeMeter.HEARTBEAT);
		// there from the start: a rate needs a zero to rise from
		Arrays.stream(Violation.values())
			.forEach((violation) -> this.violations.put(violation,
					instruments.counter(RustBridgeMeter.PROTOCOL_ERRORS, RustBridgeMeter.valueOf(violation))));
	}

	@Override
	public void stateChanged(BridgeStateChange change) {
		if (change.from() == BridgeState.BACKING_OFF && change.to() == BridgeState.STARTING) {
			this.reconnects.increment();
		}
	}

	@Override
	public void ready(int instance, long generation, Duration time) {
		this.startUp.record(time);
	}

	@Override
	public void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
		this.methods.get(method).ended(outcome, error, nanos);
	}

	@Override
	public void firstChunk(String method, long nanos) {
		this.methods.get(method).firstChunk(nanos);
	}

	@Override
	public void chunks(String method, long count) {
		this.methods.get(method).chunks(count);
	}

	@Override
	public void transferred(long in, long out) {
		if (in > 0) {
			this.bytesIn.increment(in);
		}
		if (out > 0) {
			this.bytesOut.increment(out);
		}
	}

	@Override
	public void event(BridgeEvent event) {
		this.events.get(EventMeters.family(event.name())).received().increment();
	}

	@Override
	public void eventDropped(String name) {
		this.events.get(EventMeters.family(name)).dropped().increment();
	}

	@Override
	public void protocolViolation(Violation violation, String excerpt) {
		Counter counter = this.violations.get(violation);
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public void heartbeat(int instance, Duration roundTrip) {
		this.heartbeat.record(roundTrip);
	}

	@Override
	public void ioThreadHeld(@Nullable String method, Duration time, StackTraceElement[] stack) {
		Counter held = (method != null) ? this.methods.get(method).held() : this.heldByUnknown;
		held.increment();
	}

}
