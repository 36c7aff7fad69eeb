package dev.rustbridge.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.transport.ServiceThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where finding, extracting, hashing and launching may take their time. A bridge that
 * does none of that has no such thread.
 */
final class SupervisorThread implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(SupervisorThread.class);

	/** Instances that are launched at once. */
	private static final int PARALLEL = 4;

	private static final long KEEP_ALIVE_MILLIS = 500;

	private final ThreadPoolExecutor executor;

	SupervisorThread(String bridge, int instances) {
		int threads = Math.min(instances, PARALLEL);
		this.executor = new ThreadPoolExecutor(threads, threads, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), (task) -> new ServiceThread(task, "rustbridge-" + bridge + "-supervisor"));
		this.executor.allowCoreThreadTimeOut(true);
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	void close() {
		this.executor.shutdown();
	}

	/**
	 * Waits until its threads have ended, after it was closed.
	 * @param limit how long
	 * @throws InterruptedException when the caller was interrupted
	 */
	void awaitEnd(Duration limit) throws InterruptedException {
		if (!this.executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
			logger.debug("A launch is still under way; it is undone when it is over");
		}
	}

}
