package dev.rustbridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Is told what happens in a bridge: the source of meters, health and lifecycle events.
 * Called on the I/O thread, or on the thread that subscribed where a call is refused;
 * must be quick and must not block.
 */
public interface BridgeListener {

	/**
	 * An instance came into another state.
	 * @param change the step
	 */
	default void stateChanged(BridgeStateChange change) {
	}

	/**
	 * A generation took over the commands of its instance: at a start, after a loss, or
	 * in a planned restart, which is no step from state to state.
	 * @param instance the instance
	 * @param generation the generation
	 * @param startUp the time from its launch or connection until it was ready and
	 * initialised
	 */
	default void ready(int instance, long generation, Duration startUp) {
	}

	/**
	 * A call was subscribed to. The bridge's own ones ({@code $hello}, {@code $ping}) are
	 * not told.
	 * @param method the method
	 */
	default void commandStarted(String method) {
	}

	/**
	 * Follows a call that is being subscribed to. Where several listeners would, the
	 * first one does. Called on the thread that subscribes.
	 * @param method the method
	 * @param subscriber the subscriber's context, which may hold the trace it belongs to
	 * @return what follows this call, {@code null} where that is not wanted
	 */
	default @Nullable CommandObservation observe(String method, ContextView subscriber) {
		return null;
	}

	/**
	 * A call ended.
	 * @param method the method
	 * @param outcome how
	 * @param error what went wrong, if anything
	 * @param nanos time since its subscription, in nanoseconds
	 */
	default void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
	}

	/**
	 * The first chunk of a stream came.
	 * @param method the method
	 * @param nanos time since the subscription, in nanoseconds
	 */
	default void firstChunk(String method, long nanos) {
	}

	/**
	 * Chunks were received. Those that come at once are told at once: before their call
	 * is told to have ended, unless another thread cancels it, and no later than a few
	 * hundred kilobytes after the first of them.
	 * @param method the method
	 * @param count how many
	 */
	default void chunks(String method, long count) {
	}

	/**
	 * Bytes were read, or taken by the kernel.
	 * @param in bytes from the daemon
	 * @param out bytes to the daemon
	 */
	default void transferred(long in, long out) {
	}

	/**
	 * An event was received.
	 * @param event the event
	 */
	default void event(BridgeEvent event) {
	}

	/**
	 * An event was dropped for a subscriber that has no room.
	 * @param name the event's name
	 */
	default void eventDropped(String name) {
	}

	/**
	 * The daemon broke the protocol; the line was skipped.
	 * @param violation what was wrong with it
	 * @param excerpt a short, escaped excerpt
	 */
	default void protocolViolation(Violation violation, String excerpt) {
	}

	/**
	 * A heartbeat was answered.
	 * @param instance the instance
	 * @param roundTrip the time from the request to the answer
	 */
	default void heartbeat(int instance, Duration roundTrip) {
	}

	/**
	 * Code of a subscriber holds the I/O thread for over a second. Told every ten seconds
	 * as long as it lasts, on the watchdog's thread.
	 * @param method the method it belongs to, if that is known
	 * @param held how long so far
	 * @param stack the stack of the I/O thread
	 */
	default void ioThreadHeld(@Nullable String method, Duration held, StackTraceElement[] stack) {
	}

	/**
	 * How a call ended.
	 */
	enum Outcome {

		/** With its result. */
		SUCCESS,

		/** The daemon said no. */
		FAILED,

		/** Not in time. */
		TIMEOUT,

		/** The subscriber went away. */
		CANCELLED,

		/** Never sent. */
		UNAVAILABLE,

		/** Sent, and the connection was lost. */
		LOST,

		/** Not encodable, not decodable, too large, or against the protocol. */
		INVALID

	}

	/**
	 * What can be wrong with a line.
	 */
	enum Violation {

		/** Not a JSON object. */
		NOISE,

		/** A JSON object that is none of the known messages. */
		UNKNOWN_SHAPE,

		/** Over {@code max-message-size}. */
		OVERSIZED,

		/** An answer to a call that is not pending: late, double, or never made. */
		UNKNOWN_ID,

		/** A chunk that exceeds the credit. */
		CREDIT_OVERRUN,

		/** Raw bytes whose count or end is wrong. */
		BAD_BYTES

	}

}
