package dev.rustbridge.supervision;

import java.time.Instant;
import java.util.List;

import dev.rustbridge.BridgeStartException;
import dev.rustbridge.connection.LostConnection;
import org.jspecify.annotations.Nullable;

/**
 * What an instance remembers of its past. Immutable.
 *
 * @param since when it came into its state
 * @param served how many generations have served
 * @param lastError why the last one ended or did not start
 * @param stderrTail the last lines of its log
 * @param lastStartFailure why the last attempt failed
 * @param crashLoop whether it has crashed several times in a row
 */
record InstanceHistory(Instant since, long served, @Nullable String lastError, List<String> stderrTail,
		@Nullable BridgeStartException lastStartFailure, boolean crashLoop) {

	static InstanceHistory initial() {
		return new InstanceHistory(Instant.now(), 0, null, List.of(), null, false);
	}

	InstanceHistory since(Instant moment) {
		return new InstanceHistory(moment, this.served, this.lastError, this.stderrTail, this.lastStartFailure,
				this.crashLoop);
	}

	InstanceHistory oneMoreServed() {
		return new InstanceHistory(this.since, this.served + 1, this.lastError, this.stderrTail, null, this.crashLoop);
	}

	InstanceHistory failed(BridgeStartException failure) {
		return new InstanceHistory(this.since, this.served, failure.getMessage(), failure.stderrTail(), failure,
				this.crashLoop);
	}

	InstanceHistory lost(LostConnection lost) {
		return new InstanceHistory(this.since, this.served, lost.story(), lost.stderrTail(), null, this.crashLoop);
	}

	InstanceHistory crashLoop(boolean looping) {
		return new InstanceHistory(this.since, this.served, this.lastError, this.stderrTail, this.lastStartFailure,
				looping);
	}

	BridgeStartException startFailure() {
		BridgeStartException failure = this.lastStartFailure;
		if (failure == null) {
			throw new IllegalStateException("No attempt has failed");
		}
		return failure;
	}

}
