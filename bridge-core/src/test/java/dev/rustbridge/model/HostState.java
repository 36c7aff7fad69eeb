package dev.rustbridge.model;

/**
 * A call as its host sees it.
 */
public enum HostState {

	/** Not taken yet. */
	NEW,

	/** In the write queue: no byte of it was offered to the kernel. */
	QUEUED,

	/** Sent: one result is awaited. */
	SENT,

	/** Sent: chunks and a result are awaited. */
	STREAMING,

	/** Sent: items go out, and a result is awaited. */
	UPLOADING,

	/** Sent, its items too: a result is awaited. */
	UPLOADED,

	/** Answered: chunks are held until its caller wants them. */
	DRAINING,

	/** Given up: nobody waits for the daemon's last word, which is still to come. */
	ABANDONED,

	/** Over, for caller and daemon; or never made. */
	ENDED;

	/** Whether the daemon knows the call and has not answered it. */
	public boolean isPending() {
		return this == SENT || this == STREAMING || this == UPLOADING || this == UPLOADED;
	}

}
