package dev.rustbridge.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The process behind a link, as supervision sees it.
 */
public interface DaemonHandle {

	/**
	 * Its process id.
	 * @return the id
	 */
	long pid();

	/**
	 * The executable that was launched.
	 * @return the path
	 */
	Path executable();

	/**
	 * Whether it has not exited yet. Cheap.
	 * @return whether it lives
	 */
	boolean isAlive();

	/**
	 * Whether it is on its way out for certain, though {@link #isAlive()} does not say so
	 * yet. Never waits.
	 * @return whether it exits; {@code false} where the system does not tell
	 */
	default boolean isExiting() {
		return false;
	}

	/**
	 * Its exit value.
	 * @return the value, {@code null} while it lives
	 */
	@Nullable Integer exitValue();

	/**
	 * Its exit, told late at times: a hint.
	 * @return completes with the exit value, on any thread
	 */
	CompletableFuture<Integer> onExit();

	/**
	 * The last lines of its log.
	 * @return the lines, oldest first
	 */
	List<String> stderrTail();

	/**
	 * Tells how it ended, for people: exit value or signal, and known reasons such as a
	 * missing loader, from its log.
	 * @return a sentence without a full stop
	 */
	String exitStory();

	/**
	 * Stops it in stages: ends its stdin, waits for its exit, then SIGTERM, then SIGKILL,
	 * each with its time, its descendants too unless they are to be left. Never blocks,
	 * any number of times; a later call can only add haste.
	 * @param endInput ends its stdin, on any thread; given here because the descendants
	 * must be known before it exits, which may be at once
	 * @param inHaste leaves out the first wait
	 * @return completes on any thread once it is gone
	 */
	CompletableFuture<Void> stop(Runnable endInput, boolean inHaste);

}
