package dev.rustbridge;

/**
 * The state of one instance of a bridge. The state of the bridge is derived from its
 * instances: READY if any of them is, else the one that is closest to it.
 */
public enum BridgeState {

	/** Not running, by intention: never started, stopped, or idle-stopped. */
	STOPPED,

	/** Being found, launched, connected, or waited for until it is ready. */
	STARTING,

	/** Ready, initialised, and taking commands. */
	READY,

	/** Lost or failed to start; the next attempt is scheduled. */
	BACKING_OFF,

	/** On the way to a stop: takes nothing new, and finishes what is in flight. */
	DRAINING,

	/** Given up; only {@link RustBridge#start()} tries again. */
	FAILED

}
