package dev.rustbridge.model;

/**
 * What a line was found to be by whoever got it: in order, or a violation of which kind.
 */
public enum Verdict {

	ACCEPTED,

	/** Not a JSON object. */
	NOISE,

	/** A JSON object that is nothing that was agreed on. */
	UNKNOWN_SHAPE,

	/** Over the longest line that is taken. */
	OVERSIZED,

	/** An answer or a chunk of a call that is not pending. */
	UNKNOWN_ID,

	/** A chunk that there was no credit for. */
	CREDIT_OVERRUN,

	/** Raw bytes whose count or end is wrong: no line can be told after them. */
	BAD_BYTES

}
