package dev.rustbridge.process;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.RejectedExecutionException;

import dev.rustbridge.transport.ServiceThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Hands lines to a logger away from the I/O thread. A logger may be slow, or block; then
 * lines are dropped and counted, and the daemon is read on. Thread-safe.
 */
final class LogDispatcher {

	/** Lines and bytes that may wait for one logger. */
	static final int MAX_WAITING_LINES = 4096;

	static final int MAX_WAITING_CHARS = 1024 * 1024;

	/** In one go, before the lines of other bridges get their turn. */
	private static final int LINES_PER_TURN = 256;

	private static final Executor SHARED = sharedExecutor();

	private final Logger logger;

	private final @Nullable Level fixed;

	private final Executor executor;

	private final Queue<String> waiting = new ArrayDeque<>();

	private int waitingChars;

	private long dropped;

	private boolean running;

	private Level last = Level.INFO;

	private boolean panicking;

	/**
	 * Makes a dispatcher on the executor that all bridges share.
	 * @param logger the logger
	 * @param level the level of all lines; {@code null}: as each says
	 */
	LogDispatcher(Logger logger, @Nullable Level level) {
		this(logger, level, SHARED);
	}

	LogDispatcher(Logger logger, @Nullable Level level, Executor executor) {
		this.logger = logger;
		this.fixed = level;
		this.executor = executor;
	}

	/** Two threads, so that one logger that blocks leaves the others going; none idle. */
	private static Executor sharedExecutor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(2, 2, 200, TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), (task) -> new ServiceThread(task, "rustbridge-stderr"));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Takes a line. Never waits.
	 * @param line the line
	 */
	void accept(String line) {
		synchronized (this) {
			if (this.waiting.size() >= MAX_WAITING_LINES || this.waitingChars + line.length() > MAX_WAITING_CHARS) {
				this.dropped++;
				return;
			}
			this.waiting.add(line);
			this.waitingChars += line.length();
			if (this.running) {
				return;
			}
			this.running = true;
		}
		submit();
	}

	private void submit() {
		try {
			this.executor.execute(this::run);
		}
		catch (RejectedExecutionException ex) {
			synchronized (this) {
				this.running = false;
				this.dropped += this.waiting.size();
				this.waiting.clear();
				this.waitingChars = 0;
			}
		}
	}

	private void run() {
		for (int i = 0; i < LINES_PER_TURN; i++) {
			String line;
			long lost;
			synchronized (this) {
				line = this.waiting.poll();
				// told behind the lines that were kept, which came before
				lost = (line == null) ? this.dropped : 0;
				this.dropped -= lost;
				if (line != null) {
					this.waitingChars -= line.length();
				}
				else if (lost == 0) {
					this.running = false;
					return;
				}
			}
			log(line, lost);
		}
		submit();
	}

	private void log(@Nullable String line, long lost) {
		try {
			if (line == null) {
				this.logger.warn("{} lines were dropped here: they came faster than they could be logged", lost);
			}
			else {
				this.logger.atLevel(level(line)).log(line);
			}
		}
		catch (RuntimeException ex) {
			// a broken appender must not end the log of the daemon
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
		}
	}

	private Level level(String line) {
		if (this.fixed != null) {
			return this.fixed;
		}
		Level named = LogLevels.detect(line);
		if (named != null) {
			this.last = named;
			this.panicking = LogLevels.isPanic(line);
			return named;
		}
		// a stack trace, or what follows the first line of a panic, belongs to that line
		boolean continued = this.panicking || Character.isWhitespace(line.charAt(0));
		return continued ? this.last : Level.INFO;
	}

}
