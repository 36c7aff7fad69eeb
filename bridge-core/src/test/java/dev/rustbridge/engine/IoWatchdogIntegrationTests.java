package dev.rustbridge.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.RustBridge;
import dev.rustbridge.supervision.LeakCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Code that holds an I/O thread is told of, while it does.
 */
@ExtendWith(LeakCheck.class)
class IoWatchdogIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final CompletableFuture<Held> held = new CompletableFuture<>();

	private final CountDownLatch told = new CountDownLatch(1);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final RustBridge bridge = Daemons.chaosBridge("--management").listener(new BridgeListener() {

		@Override
		public void ioThreadHeld(@Nullable String method, Duration time, StackTraceElement[] stack) {
			IoWatchdogIntegrationTests.this.held.complete(new Held(method, time, List.of(stack)));
			IoWatchdogIntegrationTests.this.told.countDown();
		}

	}).build();

	@BeforeEach
	void listen() {
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
		((Logger) LoggerFactory.getLogger(LoopWatch.class)).addAppender(this.log);
		this.bridge.start().block(LIMIT);
	}

	@AfterEach
	void close() {
		this.told.countDown();
		this.bridge.close();
		((Logger) LoggerFactory.getLogger(LoopWatch.class)).detachAppender(this.log);
	}

	@Test
	void aSubscriberThatBlocksIsNamedWithItsMethodAndStack() {
		this.bridge.command("echo").retrieveMono(JsonNode.class).doOnNext((answer) -> blockUntilTold()).block(LIMIT);
		Held report = this.held.join();
		assertThat(report.method()).isEqualTo("echo");
		assertThat(report.time()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		assertThat(report.stack()).anyMatch((frame) -> frame.getMethodName().equals("blockUntilTold"));
	}

	@Test
	void aSubscriberOfAStreamThatBlocksIsNamed() {
		this.bridge.command("stream")
			.params(Map.of("count", 3))
			.retrieveFlux(JsonNode.class)
			.doOnNext((chunk) -> blockUntilTold())
			.blockLast(LIMIT);
		assertThat(this.held.join().method()).isEqualTo("stream");
	}

	@Test
	void aHeldThreadIsLoggedWithItsBridgeAndItsStack() {
		this.bridge.command("echo").retrieveMono(JsonNode.class).doOnNext((answer) -> blockUntilTold()).block(LIMIT);
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.log.list).hasSize(1));
		ILoggingEvent line = this.log.list.get(0);
		assertThat(line.getFormattedMessage()).contains("Bridge 'chaos'", "method 'echo'", "held for 1");
		assertThat(line.getThrowableProxy().getStackTraceElementProxyArray())
			.anyMatch((frame) -> frame.getSTEAsString().contains("blockUntilTold"));
	}

	@Test
	void aListenerOfEventsThatBlocksIsToldWithoutAMethod() {
		this.bridge.events("noise").subscribe((event) -> blockUntilTold());
		this.bridge.command("emit").params(Map.of("event", "noise", "count", 1)).retrieveMono(Void.class).subscribe();
		assertThat(this.held.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join().method()).isNull();
	}

	private void blockUntilTold() {
		try {
			this.told.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private record Held(@Nullable String method, Duration time, List<StackTraceElement> stack) {

	}

}
