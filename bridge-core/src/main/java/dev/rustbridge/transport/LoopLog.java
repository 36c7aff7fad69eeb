package dev.rustbridge.transport;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A logger for the I/O thread: an appender that blocks, on a full pipe or a dead network
 * drive, holds up a thread of its own and never a bridge. Lines that come faster than
 * they can be logged are dropped and counted. Order is kept.
 */
public final class LoopLog {

	private static final LogWriter writer = new LogWriter();

	private static final AtomicLong dropped = new AtomicLong();

	private final Logger logger;

	private final @Nullable String bridge;

	private LoopLog(Logger logger, @Nullable String bridge) {
		this.logger = logger;
		this.bridge = bridge;
	}

	/**
	 * The log of a class.
	 * @param type the class
	 * @return its log
	 */
	public static LoopLog of(Class<?> type) {
		return new LoopLog(LoggerFactory.getLogger(type), null);
	}

	/**
	 * The same log, for lines about one bridge: they carry its name as the key
	 * {@code bridge}, which structured formats have as a field of its own.
	 * @param bridge the bridge's name
	 * @return its log
	 */
	public LoopLog about(String bridge) {
		return new LoopLog(this.logger, bridge);
	}

	public void debug(String format, @Nullable Object... arguments) {
		log(Level.DEBUG, format, arguments);
	}

	public void info(String format, @Nullable Object... arguments) {
		log(Level.INFO, format, arguments);
	}

	public void warn(String format, @Nullable Object... arguments) {
		log(Level.WARN, format, arguments);
	}

	public void error(String format, @Nullable Object... arguments) {
		log(Level.ERROR, format, arguments);
	}

	/**
	 * Logs a line. Never waits.
	 * @param level its level
	 * @param format the text, with {@code {}} for each argument
	 * @param arguments told as they are now; a throwable at the end is logged with its
	 * stack
	 */
	public void log(Level level, String format, @Nullable Object... arguments) {
		if (!this.logger.isEnabledForLevel(level)) {
			return;
		}
		var line = MessageFormatter.arrayFormat(format, arguments);
		boolean taken = writer.offer(() -> {
			long lost = dropped.getAndSet(0);
			if (lost > 0) {
				this.logger.warn("{} log lines were dropped here: they came faster than they could be logged", lost);
			}
			LoggingEventBuilder event = this.logger.atLevel(level).setCause(line.getThrowable());
			if (this.bridge != null) {
				event = event.addKeyValue("bridge", this.bridge);
			}
			event.log(line.getMessage());
		});
		if (!taken) {
			dropped.incrementAndGet();
		}
	}

}
