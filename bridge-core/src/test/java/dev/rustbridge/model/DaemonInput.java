package dev.rustbridge.model;

/**
 * What can happen to a call on the daemon's side. The lines are named by what they count
 * as with what was agreed on.
 */
public enum DaemonInput {

	/** A command under its id. */
	COMMAND,

	/** Its host gives it up. */
	CANCEL,

	/** Its host lets more chunks come. */
	CREDIT,

	/** An item of its upload. */
	ITEM,

	/** The end of its upload, or why that failed. */
	END,

	/** The host's result for the call that its handler made. */
	ANSWER,

	/** The host's error for the call that its handler made. */
	REFUSAL,

	/** A line with its id that is nothing that was agreed on, and no command. */
	BROKEN,

	/** A line with its id that was meant to be a command. */
	BROKEN_COMMAND,

	/** A line with its id over the limit. */
	OVERSIZED,

	/** Nothing more can be read from its host. */
	UNREADABLE,

	/** Its deadline passes. */
	EXPIRE,

	/** The right to run is free. */
	PERMIT,

	/** Its handler sends a chunk. */
	CHUNK,

	/** Its handler asks for the next item. */
	TAKE,

	/** Its handler calls the host. */
	ASK,

	/** Its handler has a result. */
	RETURN,

	/** Its handler has failed. */
	FAIL;

	/** Whether it is a line of the host. */
	public boolean isLine() {
		return ordinal() <= OVERSIZED.ordinal();
	}

}
