package dev.rustbridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeState;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A daemon that crashes at its 20th command, again and again, under 64 callers.
 */
class CrashRestartIntegrationTests {

	private static final int CALLERS = 64;

	private static final int ANSWERS_BEFORE_CRASH = 19;

	private static final long HEAP_NOISE = 24L << 20;

	@TempDir
	Path folder;

	private Path note;

	private final AtomicLong started = new AtomicLong();

	private final AtomicLong answered = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private final AtomicBoolean enough = new AtomicBoolean();

	@BeforeEach
	void warmUp() throws Exception {
		this.note = this.folder.resolve("note");
		try (RustBridge bridge = bridge(StdioMode.AUTO)) {
			bridge.start().block(Duration.ofSeconds(10));
		}
		awaitNothingLeft();
		Files.delete(this.note);
	}

	private RustBridge bridge(StdioMode mode) {
		return RustBridge.builder("crashing")
			.binaryPath(TestDaemons.chaos())
			.args("--die-at", Integer.toString(ANSWERS_BEFORE_CRASH + 1), "--exit-note", this.note.toString())
			.stdio(mode)
			.whileUnavailable(WhileUnavailable.WAIT)
			.reconnectInitialDelay(Duration.ofMillis(1))
			.reconnectMaxDelay(Duration.ofMillis(1))
			.build();
	}

	@Test
	void aThousandCrashesLeaveNothingBehindAndLoseNoCall() throws Exception {
		crash(StdioMode.AUTO, 1000);
	}

	@Test
	void crashesOverPipesLeaveNothingBehindAndLoseNoCall() throws Exception {
		crash(StdioMode.PIPE, 200);
	}

	private void crash(StdioMode mode, int times) throws Exception {
		long descriptors = descriptors();
		RustBridge bridge = bridge(mode);
		bridge.start().block(Duration.ofSeconds(10));
		CompletableFuture<Void> callers = Flux.range(0, CALLERS)
			.flatMap((i) -> calls(bridge), CALLERS)
			.then()
			.toFuture();

		awaitRestarts(bridge, times / 10);
		long heap = usedHeap();
		awaitRestarts(bridge, times);
		assertThat(usedHeap()).isLessThan(heap + HEAP_NOISE);

		this.enough.set(true);
		callers.get(30, TimeUnit.SECONDS);
		await().until(() -> bridge.state() == BridgeState.READY);
		BridgeInfo info = bridge.info();
		bridge.close();

		assertThat(info.inFlight()).isZero();
		assertThat(info.waiting()).isZero();
		assertThat(this.answered.get() + this.lost.get()).isEqualTo(this.started.get());
		long crashed = info.instances().get(0).generation() - 1;
		assertThat(this.answered.get()).isEqualTo(crashed * ANSWERS_BEFORE_CRASH + answeredByLast());
		awaitNothingLeft();
		assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
	}

	/**
	 * One caller: the next call follows the end of the last. Any other failure fails it.
	 */
	private Mono<Void> calls(RustBridge bridge) {
		return Mono.defer(() -> {
			this.started.incrementAndGet();
			return bridge.command("echo").params(Map.of("a", 1)).retrieveMono(JsonNode.class);
		})
			.doOnSuccess((result) -> this.answered.incrementAndGet())
			.onErrorResume(ConnectionLostException.class, (ex) -> {
				this.lost.incrementAndGet();
				return Mono.empty();
			})
			.repeat(() -> !this.enough.get())
			.then();
	}

	private static void awaitRestarts(RustBridge bridge, int count) {
		await().atMost(Duration.ofMinutes(2)).until(() -> bridge.info().instances().get(0).restarts() >= count);
	}

	private int answeredByLast() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(this.note)).get("answered").asInt();
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static void awaitNothingLeft() {
		await().untilAsserted(() -> {
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("rustbridge"));
			assertThat(ProcessHandle.current().children().filter(CrashRestartIntegrationTests::isDaemon)).isEmpty();
		});
	}

	private static boolean isDaemon(ProcessHandle child) {
		return child.info().command().orElse("").endsWith("chaos-daemon");
	}

	private static long descriptors() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
	}

}
