package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import dev.rustbridge.transport.DaemonHandle;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the process of a generation has exited, and gives its exit value a moment
 * to come. Confined to the loop.
 */
final class ExitWatch {

	private static final LoopLog logger = LoopLog.of(ExitWatch.class);

	/**
	 * How often an exit is looked for after stdout has ended, which is 30 ms. Looks
	 * count, and not the clock: where they come late, for want of a processor, the JDK's
	 * thread that waits for the exit comes late too.
	 */
	private static final int LOOKS = 15;

	private static final Duration INTERVAL = Duration.ofMillis(2);

	/** How long an exit is waited for that is certain to come. */
	private static final Duration LIMIT = Duration.ofSeconds(1);

	private final IoLoop loop;

	private final Runnable onExit;

	private @Nullable DaemonHandle daemon;

	/**
	 * One that has no process to watch yet.
	 * @param loop the loop of its generation
	 * @param onExit told on the loop that it has exited, any number of times
	 */
	ExitWatch(IoLoop loop, Runnable onExit) {
		this.loop = loop;
		this.onExit = onExit;
	}

	/**
	 * Watches a process. Listens for the JDK's word of its exit too: late at times, but
	 * all that tells of the exit of an idle daemon whose stdout is held open by what it
	 * had started.
	 * @param process the process, {@code null} where the daemon is not ours
	 */
	void watch(@Nullable DaemonHandle process) {
		this.daemon = process;
		if (process == null) {
			return;
		}
		process.onExit().thenRun(() -> {
			try {
				this.loop.execute(this.onExit);
			}
			catch (RejectedExecutionException ex) {
				logger.debug("{} outlived its bridge", process, ex);
			}
		});
	}

	/** Cheap enough for every tick. */
	void look() {
		if (this.daemon != null && !this.daemon.isAlive()) {
			this.onExit.run();
		}
	}

	/**
	 * Waits for the exit of one whose stdout has ended, if it exits at all.
	 * @param done told on the loop: at once, after 30 ms where it lives on, and later
	 * only where its exit value is certain to come
	 */
	void awaitExit(Runnable done) {
		awaitExit(done, LOOKS, this.loop.nanoTime() + LIMIT.toNanos());
	}

	private void awaitExit(Runnable done, int looks, long limit) {
		if (this.daemon == null || !this.daemon.isAlive() || (looks <= 0 && !isCertain(this.daemon, limit))) {
			done.run();
		}
		else {
			this.loop.schedule(() -> awaitExit(done, looks - 1, limit), INTERVAL.toNanos());
		}
	}

	private boolean isCertain(DaemonHandle exiting, long limit) {
		return this.loop.nanoTime() - limit < 0 && exiting.isExiting();
	}

}
