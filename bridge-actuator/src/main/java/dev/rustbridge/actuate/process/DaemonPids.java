package dev.rustbridge.actuate.process;

import dev.rustbridge.BridgeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Which process stands behind an instance right now.
 */
public final class DaemonPids {

	private DaemonPids() {
	}

	/**
	 * The process that serves an instance. The id of a peer is worth something only as
	 * long as the connection to it stands: later it may be another's.
	 * @param instance the instance
	 * @return the process id, {@code null} where there is none or it is not known
	 */
	public static @Nullable Long of(BridgeInfo.Instance instance) {
		return switch (instance.state()) {
			case STARTING, READY, DRAINING -> instance.pid();
			case STOPPED, BACKING_OFF, FAILED -> null;
		};
	}

}
