package dev.rustbridge.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LogDispatcherTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("rustbridge.dispatcher-test.stderr");

	private final RecordingAppender appender = new RecordingAppender();

	@BeforeEach
	void attach() {
		this.appender.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
		this.appender.start();
		this.logger.setAdditive(false);
		this.logger.setLevel(ch.qos.logback.classic.Level.ALL);
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void detach() {
		this.appender.gate.countDown();
		this.logger.detachAppender(this.appender);
	}

	private LogDispatcher dispatcher(@Nullable Level level) {
		return new LogDispatcher(this.logger, level);
	}

	private LogDispatcher onThisThread() {
		return new LogDispatcher(this.logger, null, Runnable::run);
	}

	@Test
	void linesAreLoggedInOrderOnAnotherThread() {
		LogDispatcher dispatcher = dispatcher(null);
		List<String> expected = IntStream.range(0, 2000).mapToObj((i) -> "line " + i).toList();

		expected.forEach(dispatcher::accept);

		await().untilAsserted(() -> assertThat(this.appender.messages()).isEqualTo(expected));
		assertThat(this.appender.threads()).containsOnly("rustbridge-stderr");
	}

	@Test
	void eachLineIsLoggedAtItsOwnLevel() {
		LogDispatcher dispatcher = onThisThread();

		dispatcher.accept("WARN app: a");
		dispatcher.accept("plain");
		dispatcher.accept("ERROR app: b");
		dispatcher.accept("   at some::frame");

		assertThat(this.appender.levels()).containsExactly("WARN", "INFO", "ERROR", "ERROR");
	}

	@Test
	void whatFollowsAPanicBelongsToIt() {
		LogDispatcher dispatcher = onThisThread();

		dispatcher.accept("thread 'main' panicked at src/main.rs:1:1:");
		dispatcher.accept("index out of bounds");
		dispatcher.accept("INFO app: goes on");
		dispatcher.accept("plain");

		assertThat(this.appender.levels()).containsExactly("ERROR", "ERROR", "INFO", "INFO");
	}

	@Test
	void aConfiguredLevelHoldsForAllLines() {
		LogDispatcher dispatcher = new LogDispatcher(this.logger, Level.DEBUG, Runnable::run);

		dispatcher.accept("ERROR app: a");

		assertThat(this.appender.levels()).containsExactly("DEBUG");
	}

	@Test
	void aLoggerThatBlocksHoldsNobodyUpAndTheLossIsTold() {
		this.appender.close();
		LogDispatcher dispatcher = dispatcher(null);
		int count = LogDispatcher.MAX_WAITING_LINES + 1000;
		for (int i = 0; i < count; i++) {
			dispatcher.accept("line " + i);
		}

		this.appender.gate.countDown();

		await().untilAsserted(() -> assertThat(this.appender.messages()).last().asString().contains("dropped"));
		List<String> messages = this.appender.messages();
		int dropped = Integer.parseInt(messages.get(messages.size() - 1).replaceAll("\\D.*", ""));
		assertThat(messages.size() - 1 + dropped).isEqualTo(count);
	}

	@Test
	void longLinesAreBoundedByTheirSize() {
		this.appender.close();
		LogDispatcher dispatcher = dispatcher(null);
		String line = "x".repeat(LogLines.MAX_LINE);
		for (int i = 0; i < 1000; i++) {
			dispatcher.accept(line);
		}

		this.appender.gate.countDown();

		await().untilAsserted(() -> assertThat(this.appender.messages()).last().asString().contains("dropped"));
		assertThat(this.appender.messages()).hasSizeLessThan(70);
	}

	@Test
	void anAppenderThatThrowsDoesNotEndTheLog() {
		this.appender.failOn = "bad";
		LogDispatcher dispatcher = dispatcher(null);

		dispatcher.accept("bad");
		dispatcher.accept("good");

		await().dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(this.appender.messages()).containsExactly("good"));
	}

	@Test
	void noThreadIsLeftWhenThereIsNothingToLog() {
		dispatcher(null).accept("line");

		await().untilAsserted(() -> assertThat(this.appender.messages()).hasSize(1));
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("rustbridge-stderr"));
	}

	private static final class RecordingAppender extends AppenderBase<ILoggingEvent> {

		private final List<ILoggingEvent> events = new ArrayList<>();

		private volatile CountDownLatch gate = new CountDownLatch(0);

		private volatile @Nullable String failOn;

		void close() {
			this.gate = new CountDownLatch(1);
		}

		@Override
		public void doAppend(ILoggingEvent event) {
			try {
				if (!this.gate.await(10, TimeUnit.SECONDS)) {
					throw new IllegalStateException("never opened");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (event.getFormattedMessage().equals(this.failOn)) {
				throw new IllegalStateException("broken appender");
			}
			append(event);
		}

		@Override
		protected synchronized void append(ILoggingEvent event) {
			event.getThreadName();
			this.events.add(event);
		}

		synchronized List<String> messages() {
			return this.events.stream().map(ILoggingEvent::getFormattedMessage).toList();
		}

		synchronized List<String> levels() {
			return this.events.stream().map((event) -> event.getLevel().toString()).toList();
		}

		synchronized List<String> threads() {
			return this.events.stream().map(ILoggingEvent::getThreadName).toList();
		}

	}

}
