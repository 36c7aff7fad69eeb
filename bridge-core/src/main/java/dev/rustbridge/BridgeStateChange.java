package dev.rustbridge;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an instance.
 *
 * @param bridge the bridge
 * @param instance the instance's index
 * @param generation the generation it is about
 * @param from the state before
 * @param to the state after
 * @param cause why, when something failed
 * @param retryIn when the next attempt follows, in {@code BACKING_OFF}
 * @param at when it happened
 */
public record BridgeStateChange(String bridge, int instance, long generation, BridgeState from, BridgeState to,
		@Nullable Throwable cause, @Nullable Duration retryIn, Instant at) {

}
