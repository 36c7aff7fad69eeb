package dev.rustbridge.process;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.rustbridge.transport.ServiceThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a daemon that crashed had started: SIGTERM, and SIGKILL for what ignores it.
 * On a thread of its own, since a look at another process may wait for it in the kernel,
 * and the stops of other daemons must not wait with it.
 */
final class OrphanSweep {

	private static final Logger logger = LoggerFactory.getLogger(OrphanSweep.class);

	private static final Duration INTERVAL = Duration.ofMillis(5);

	private final long parent;

	private final LaunchMark mark;

	private final Duration killTimeout;

	private final Set<ProcessHandle> orphans = new LinkedHashSet<>();

	private boolean told;

	private OrphanSweep(long parent, LaunchMark mark, Duration killTimeout) {
		this.parent = parent;
		this.mark = mark;
		this.killTimeout = killTimeout;
	}

	/**
	 * Begins.
	 * @param parent the pid of the daemon that is gone
	 * @param mark what its orphans bear
	 * @param killTimeout the time between SIGTERM and SIGKILL
	 * @return completes when none is left, or when those that are survive even SIGKILL
	 */
	static CompletableFuture<Void> start(long parent, LaunchMark mark, Duration killTimeout) {
		OrphanSweep sweep = new OrphanSweep(parent, mark, killTimeout);
		try {
			return CompletableFuture.runAsync(sweep::run,
					(task) -> new ServiceThread(task, "rustbridge-orphan-sweep").start());
		}
		catch (OutOfMemoryError ex) {
			logger.warn("There is no thread to end what process {} left behind", parent, ex);
			return CompletableFuture.completedFuture(null);
		}
	}

	private void run() {
		try {
			if (end(ProcessHandle::destroy, this.killTimeout)) {
				return;
			}
			logger.warn("Of what process {} left behind, {} ignored SIGTERM for {} ms; killing it", this.parent, pids(),
					this.killTimeout.toMillis());
			if (!end(ProcessHandle::destroyForcibly, Stopper.GIVE_UP_AFTER)) {
				logger.error("Of what process {} left behind, {} survived SIGKILL for {} ms; it is left to the system",
						this.parent, pids(), Stopper.GIVE_UP_AFTER.toMillis());
			}
		}
		catch (RuntimeException ex) {
			logger.warn("What process {} left behind can't be ended", this.parent, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Those too that they start meanwhile; whether none is left. */
	private boolean end(Consumer<ProcessHandle> how, Duration limit) throws InterruptedException {
		long since = System.nanoTime();
		this.orphans.forEach(how);
		while (true) {
			this.orphans.removeIf(Stopper::isGone);
			if (this.orphans.isEmpty()) {
				this.orphans.addAll(this.mark.bearers());
				if (this.orphans.isEmpty()) {
					return true;
				}
				tell();
				this.orphans.forEach(how);
			}
			if (System.nanoTime() - since >= limit.toNanos()) {
				return false;
			}
			Thread.sleep(INTERVAL.toMillis());
		}
	}

	private void tell() {
		if (!this.told) {
			this.told = true;
			logger.warn("Process {} ended without being asked to, and left behind what it had started; ending {}",
					this.parent, pids());
		}
	}

	private String pids() {
		return this.orphans.stream().map((orphan) -> "process " + orphan.pid()).toList().toString();
	}

}
