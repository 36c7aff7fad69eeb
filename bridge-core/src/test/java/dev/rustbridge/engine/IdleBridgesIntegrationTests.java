package dev.rustbridge.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.rustbridge.RustBridge;
import dev.rustbridge.supervision.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What bridges cost that nobody uses.
 */
@ExtendWith(LeakCheck.class)
class IdleBridgesIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int COUNT = 100;

	/** The alarm that all loops share, a log line that is just written, the JVM's own. */
	private static final int SHARED = 5;

	@Test
	void aHundredIdleBridgesHaveTwoThreadsEach() {
		List<RustBridge> bridges = IntStream.range(0, COUNT)
			.mapToObj((i) -> Daemons.chaosBridge("--management").build())
			.toList();
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try {
			Flux.fromIterable(bridges).flatMap(RustBridge::start, 4).blockLast(LIMIT);
			Flux.fromIterable(bridges)
				.flatMap((bridge) -> bridge.command("echo").retrieveMono(JsonNode.class))
				.blockLast(LIMIT);
			// what started them ends when it is idle
			await().atMost(LIMIT).until(() -> {
				Set<Thread> now = Thread.getAllStackTraces().keySet();
				return now.stream().filter((thread) -> !before.contains(thread)).count() <= 2 * COUNT + SHARED;
			});
		}
		finally {
			bridges.forEach(RustBridge::close);
		}
		assertThat(bridges).allMatch((bridge) -> bridge.info().instances().get(0).pid() == null);
	}

}
