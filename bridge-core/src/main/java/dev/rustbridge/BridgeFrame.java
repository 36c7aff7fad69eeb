package dev.rustbridge;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A frame that went over the wire, without what was in it.
 *
 * @param at when it was read, or handed to the kernel; frames that came in one read share
 * a time
 * @param instance the index in the pool, from 0
 * @param generation the daemon's generation, from 1
 * @param direction which way
 * @param kind what it was
 * @param id the id of the call it belongs to, {@code null} if it belongs to none
 * @param name the method, or the event's name, where it is known
 * @param size its bytes, with the newline and with raw bytes that follow
 */
public record BridgeFrame(Instant at, int instance, long generation, Direction direction, Kind kind,
		@Nullable String id, @Nullable String name, int size) {

	/**
	 * Which way a frame went.
	 */
	public enum Direction {

		/** From the daemon. */
		IN,

		/** To the daemon. */
		OUT

	}

	/**
	 * What a frame was.
	 */
	public enum Kind {

		/** A command of ours. */
		COMMAND,

		/** The final answer to a command, a success. */
		RESULT,

		/** The final answer to a command, an error. */
		ERROR,

		/** A part of a stream. */
		CHUNK,

		/** An event. */
		EVENT,

		/** A call of the daemon. */
		CALL,

		/** Our answer to a call of the daemon. */
		ANSWER,

		/** Nobody waits for an answer any more. */
		CANCEL,

		/** More chunks, or more items of an upload, may come. */
		CREDIT,

		/** An item of an upload. */
		ITEM,

		/** The end of an upload. */
		END,

		/** A heartbeat. */
		PING,

		/** What no frame can be. */
		VIOLATION

	}

}
