package dev.rustbridge.actuate.metrics;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.actuate.bounded.BoundedTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The instruments of one method. Most are made when they are needed for the first time,
 * and kept: a registry finds a meter by its tags far slower than a timer records.
 */
final class MethodMeters {

	private static final String NONE = "none";

	private final Instruments instruments;

	private final String method;

	private final BoundedTable<String> codes;

	/** By the ordinal of the outcome, where the daemon gave no code. */
	private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(Outcome.values().length);

	private final ConcurrentMap<String, Timer> failedByCode = new ConcurrentHashMap<>();

	/** There from the first command on: a rate needs a zero to rise from. */
	private final Counter held;

	private volatile @Nullable Timer firstChunk;

	private volatile @Nullable Counter chunks;

	MethodMeters(Instruments instruments, String method, BoundedTable<String> codes) {
		this.instruments = instruments;
		this.method = method;
		this.codes = codes;
		this.held = instruments.counter(RustBridgeMeter.IO_HELD, method);
	}

	Counter held() {
		return this.held;
	}

	void ended(Outcome outcome, @Nullable Throwable error, long nanos) {
		timer(outcome, error).record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer timer(Outcome outcome, @Nullable Throwable error) {
		if (error instanceof CommandFailedException failure && failure.code() != null) {
			return this.failedByCode.computeIfAbsent(this.codes.get(failure.code()), (code) -> make(outcome, code));
		}
		Timer timer = this.timers.get(outcome.ordinal());
		if (timer == null) {
			timer = make(outcome, NONE);
			this.timers.set(outcome.ordinal(), timer);
		}
		return timer;
	}

	private Timer make(Outcome outcome, String code) {
		return this.instruments.timer(RustBridgeMeter.COMMANDS, this.method, RustBridgeMeter.valueOf(outcome), code);
	}

	void firstChunk(long nanos) {
		Timer timer = this.firstChunk;
		if (timer == null) {
			timer = this.instruments.timer(RustBridgeMeter.FIRST_CHUNK, this.method);
			this.firstChunk = timer;
		}
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	void chunks(long count) {
		Counter counter = this.chunks;
		if (counter == null) {
			counter = this.instruments.counter(RustBridgeMeter.CHUNKS, this.method);
			this.chunks = counter;
		}
		counter.increment(count);
	}

}
