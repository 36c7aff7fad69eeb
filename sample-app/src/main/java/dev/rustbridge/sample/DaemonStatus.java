package dev.rustbridge.sample;

import java.time.Instant;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeState;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of the daemon.
 *
 * @param state the state of the bridge
 * @param at when it came into that state
 * @param root the folder whose tree is searched
 * @param pid the daemon's process id, while there is one
 * @param generation how many daemons there were, this one included
 * @param version the daemon's version, if it told it
 * @param reason why the last daemon ended, if one did
 */
record DaemonStatus(BridgeState state, Instant at, String root, @Nullable Long pid, long generation,
		@Nullable String version, @Nullable String reason) {

	static DaemonStatus of(BridgeInfo info, String root) {
		BridgeInfo.Instance daemon = info.instances().get(0);
		return new DaemonStatus(daemon.state(), daemon.since(), root, daemon.pid(), daemon.generation(),
				daemon.version(), daemon.lastError());
	}

}
