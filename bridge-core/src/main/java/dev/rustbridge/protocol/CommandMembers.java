package dev.rustbridge.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a command says beside its method and parameters, where that was negotiated.
 *
 * @param deadlineMs the total time left in milliseconds; -1 for none
 * @param traceparent W3C trace context
 * @param tracestate the vendors' part of it; goes out only with {@code traceparent}
 * @param credit the chunks that may be sent at first; -1 for no limit
 * @param upload whether items follow
 * @param bytes whether the caller wants raw bytes
 */
public record CommandMembers(long deadlineMs, @Nullable String traceparent, @Nullable String tracestate, long credit,
		boolean upload, boolean bytes) {

	/**
	 * Nothing beside method and parameters: all that a classic daemon knows.
	 */
	public static final CommandMembers NONE = new CommandMembers(-1, null, null, -1, false, false);

}
