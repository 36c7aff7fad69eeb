package dev.rustbridge.model;

/**
 * A call as its daemon sees it.
 */
public enum DaemonState {

	/** Not made yet, or answered: the daemon knows nothing of it. */
	ABSENT,

	/** Admitted: waits for the right to run. */
	QUEUED,

	/** Its handler is at work. */
	RUNNING,

	/** Its handler has a chunk that waits for credit. */
	STALLED,

	/** Its handler waits for an item of the upload. */
	TAKING,

	/** Its handler waits for the host's answer to a call of its own. */
	CALLING;

	/** Whether the handler was started and has not ended. */
	public boolean isStarted() {
		return this != ABSENT && this != QUEUED;
	}

}
