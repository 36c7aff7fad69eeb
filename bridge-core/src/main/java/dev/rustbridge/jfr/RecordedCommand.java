package dev.rustbridge.jfr;

import dev.rustbridge.BridgeListener.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A command that Java Flight Recorder may record.
 */
public interface RecordedCommand {

	/**
	 * It is about to be written.
	 * @param id its id on the wire
	 * @param instance the index in the pool
	 * @param generation the daemon's generation
	 */
	void routed(String id, int instance, long generation);

	/**
	 * It ended.
	 * @param outcome how
	 * @param error what went wrong, if anything
	 */
	void ended(Outcome outcome, @Nullable Throwable error);

}
