package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the log tells of the life of a bridge.
 */
class LifeLogIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.rustbridge.supervision");

	/** One that no other test has: its last lines may come late. */
	private final String name = "life-" + COUNT.incrementAndGet();

	private final Lines lines = new Lines();

	private RustBridge bridge;

	private @Nullable Level before;

	@BeforeEach
	void listen() {
		this.before = this.logger.getLevel();
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void close() {
		this.bridge.close();
		this.logger.detachAppender(this.lines);
		this.logger.setAdditive(true);
		this.logger.setLevel(this.before);
	}

	private RustBridge.Builder chaos(String... args) {
		return RustBridge.builder(this.name).binaryPath(Daemons.chaos()).args(args);
	}

	private void start(RustBridge.Builder builder) {
		this.bridge = builder.build();
		this.bridge.start().onErrorComplete().block(LIMIT);
	}

	@Test
	void aStartAndAStopAreToldInOneLineForEachStep() {
		start(chaos());
		this.bridge.stop().block(LIMIT);
		await().untilAsserted(() -> assertThat(this.lines.told()).satisfiesExactly(
				(line) -> assertThat(line).matches("INFO Bridge '': generation 1 \\(pid \\d+\\) started"),
				(line) -> assertThat(line).matches("INFO Bridge '': generation 1 \\(pid \\d+\\) ready in .+"),
				(line) -> assertThat(line).isEqualTo("INFO Bridge '': stopped (it was stopped)")));
	}

	@Test
	void aLossIsAWarningThatSaysWhyAndWhenItIsTriedAgain() {
		start(chaos().reconnectInitialDelay(Duration.ofMillis(1)));
		this.bridge.command("die")
			.params(Map.of("code", 3))
			.retrieveMono(JsonNode.class)
			.onErrorComplete()
			.block(LIMIT);
		await().untilAsserted(() -> assertThat(this.lines.told()).anySatisfy((line) -> assertThat(line)
			.matches("WARN Bridge '': the daemon ended: exit value 3, .*; trying again in .* \\(attempt 1\\)")));
	}

	@Test
	void aPlannedRestartIsAnnounced() {
		start(chaos());
		this.bridge.restart().block(LIMIT);
		await().untilAsserted(() -> assertThat(this.lines.told())
			.contains("INFO Bridge '': restarting: generation 2 is to replace generation 1 (overlap)"));
	}

	@Test
	void aFailureWithALongLogIsStillOneLine() {
		start(chaos("--stderr", "first", "--stderr", "second", "--die-at", "start", "--die-how", "exit:4"));
		await().untilAsserted(() -> assertThat(this.lines.told()).anySatisfy(
				(line) -> assertThat(line).startsWith("ERROR Bridge ''").contains("exit value 4", "not trying again")));
		assertThat(this.lines.told()).allSatisfy((line) -> assertThat(line).doesNotContain("\n"));
	}

	@Test
	void structuredFormatsHaveTheBridgeAsAField() {
		start(chaos());
		await().untilAsserted(() -> assertThat(this.lines.events).isNotEmpty()
			.allSatisfy((event) -> assertThat(event.getKeyValuePairs()).singleElement()
				.hasToString("bridge=\"" + this.name + "\"")));
	}

	private final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getFormattedMessage().contains("'" + LifeLogIntegrationTests.this.name + "'")) {
				this.events.add(event);
			}
		}

		private List<String> told() {
			return this.events.stream()
				.map((event) -> event.getLevel() + " "
						+ event.getFormattedMessage().replace(LifeLogIntegrationTests.this.name, ""))
				.toList();
		}

	}

}
