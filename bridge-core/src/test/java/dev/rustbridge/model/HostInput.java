package dev.rustbridge.model;

/**
 * What can happen to a call on the host's side. The lines are named by what they count as
 * with what was agreed on: a credit line without the capability is {@link #BROKEN}.
 */
public enum HostInput {

	/** Its caller subscribes. */
	CALL,

	/** Its first byte is offered to the kernel. */
	WRITTEN,

	/** A final response whose {@code success} is true. */
	RESULT,

	/** Any other final response. */
	ERROR,

	/** A chunk of JSON. */
	CHUNK,

	/** A chunk of raw bytes. */
	RAW_CHUNK,

	/** Credit for an upload. */
	CREDIT,

	/** A line with its id that is nothing that was agreed on. */
	BROKEN,

	/** A line with its id over the limit. */
	OVERSIZED,

	/** Its caller wants more chunks. */
	REQUEST,

	/** Its caller goes away. */
	CANCEL,

	/** Its time is over. */
	EXPIRE,

	/** The source of its upload has an item. */
	ITEM,

	/** The source of its upload is at its end. */
	COMPLETE,

	/** The source of its upload has failed. */
	FAILURE,

	/** The connection is lost, or cannot be read on. */
	LOSS;

	/** Whether it is a line of the daemon. */
	public boolean isLine() {
		return ordinal() >= RESULT.ordinal() && ordinal() <= OVERSIZED.ordinal();
	}

}
