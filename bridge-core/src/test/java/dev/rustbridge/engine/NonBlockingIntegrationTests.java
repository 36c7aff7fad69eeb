package dev.rustbridge.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.BridgeState;
import dev.rustbridge.BusyMachine;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nothing blocks: neither the I/O thread, which BlockHound watches, nor a caller.
 */
class NonBlockingIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final List<Throwable> blocked = new CopyOnWriteArrayList<>();

	@BeforeAll
	static void watch() {
		BlockHound.builder()
			.loadIntegrations()
			.blockingMethodCallback((method) -> blocked
				.add(new IllegalStateException(Thread.currentThread().getName() + " blocked in " + method)))
			.install();
	}

	@BeforeEach
	void forget() {
		blocked.clear();
	}

	@Test
	void theWatchSeesSubscribersThatBlock() {
		try (RustBridge bridge = Daemons.chaosBridge("--management").build()) {
			bridge.command("echo").retrieveMono(JsonNode.class).doOnNext((answer) -> {
				try {
					Thread.sleep(1);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}).block(LIMIT);
		}
		assertThat(blocked).isNotEmpty();
	}

	@Test
	void theBridgeBlocksNowhere() {
		try (RustBridge bridge = Daemons.chaosBridge("--management", "--stderr-flood", "5000")
			.streamBuffer(64 * 1024)
			.reconnectInitialDelay(Duration.ofMillis(10))
			.build()) {
			bridge.start().block(LIMIT);
			Flux.range(0, 2000)
				.flatMap((i) -> bridge.command("echo").params(Map.of("i", i)).retrieveMono(JsonNode.class), 64)
				.blockLast(LIMIT);
			bridge.command("stream")
				.params(Map.of("count", 5000, "size", 200))
				.retrieveFlux(JsonNode.class)
				.limitRate(8)
				.blockLast(LIMIT);
			bridge.command("stream")
				.params(Map.of("count", 5000))
				.retrieveFlux(JsonNode.class)
				.take(3)
				.blockLast(LIMIT);
			bridge.command("exit").params(Map.of("code", 1)).retrieveMono(Void.class).onErrorComplete().block(LIMIT);
			await().until(() -> bridge.state() == BridgeState.READY);
			bridge.restart().block(LIMIT);
			bridge.command("echo").retrieveMono(JsonNode.class).block(LIMIT);
		}
		assertThat(blocked).isEmpty();
	}

	@Test
	void aDaemonThatDoesNotReadHoldsUpNoCaller() {
		try (RustBridge bridge = Daemons.chaosBridge("--management", "--stop-reading-after", "1")
			.shutdownDrainTimeout(Duration.ZERO)
			.shutdownExitTimeout(Duration.ZERO)
			.build()) {
			bridge.start().block(LIMIT);
			String large = "x".repeat(64 * 1024);
			long[] nanos = new long[500];
			for (int i = 0; i < nanos.length; i++) {
				long before = System.nanoTime();
				bridge.command("echo").params(large).retrieveMono(JsonNode.class).subscribe(null, (ignored) -> {
				});
				nanos[i] = System.nanoTime() - before;
			}
			assertThat(bridge.info().instances().get(0).queuedBytes()).isPositive();
			// the median, because the machine itself holds threads up when it is busy
			Arrays.sort(nanos);
			assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(BusyMachine.allows(Duration.ofMillis(5)));
		}
	}

}
