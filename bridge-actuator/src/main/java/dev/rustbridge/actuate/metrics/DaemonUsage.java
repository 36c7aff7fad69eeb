package dev.rustbridge.actuate.metrics;

import java.time.Duration;

import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.process.DaemonPids;
import dev.rustbridge.actuate.process.ProcessUsage;
import org.jspecify.annotations.Nullable;

/**
 * What the daemons of an instance use, one after the other. Asks the system once a second
 * at most, so that the values of one scrape belong together.
 */
final class DaemonUsage {

	private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

	private final RustBridge bridge;

	private final int index;

	private @Nullable ProcessUsage last;

	private long askedAt;

	private boolean asked;

	/** Of all daemons so far: a new one starts from zero, a counter must not. */
	private Duration cpuTime = Duration.ZERO;

	DaemonUsage(RustBridge bridge, int index) {
		this.bridge = bridge;
		this.index = index;
	}

	synchronized @Nullable ProcessUsage current() {
		long now = System.nanoTime();
		if (!this.asked || now - this.askedAt >= FRESH_NANOS) {
			this.asked = true;
			this.askedAt = now;
			Long pid = DaemonPids.of(this.bridge.info().instances().get(this.index));
			ProcessUsage next = (pid != null) ? ProcessUsage.of(pid) : null;
			this.cpuTime = this.cpuTime.plus(used(this.last, next));
			this.last = next;
		}
		return this.last;
	}

	synchronized double cpuSeconds() {
		current();
		return this.cpuTime.toNanos() / 1e9;
	}

	private static Duration used(@Nullable ProcessUsage before, @Nullable ProcessUsage after) {
		if (after == null || after.cpuTime() == null) {
			return Duration.ZERO;
		}
		Duration sinceStart = after.cpuTime();
		if (before == null || before.pid() != after.pid() || before.cpuTime() == null) {
			return sinceStart;
		}
		Duration more = sinceStart.minus(before.cpuTime());
		return more.isNegative() ? Duration.ZERO : more;
	}

}
