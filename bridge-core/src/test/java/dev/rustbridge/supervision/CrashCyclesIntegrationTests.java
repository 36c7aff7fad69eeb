package dev.rustbridge.supervision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.rustbridge.BridgeException;
import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeState;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Crashes and restarts under load: nothing piles up, and every call ends once.
 */
@ExtendWith(LeakCheck.class)
class CrashCyclesIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int CALLERS = 32;

	/** One that reads and writes, launches, stops, logs, and logs what daemons log. */
	private static final int THREADS = 5;

	private final AtomicLong started = new AtomicLong();

	private final AtomicLong answered = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private final AtomicLong other = new AtomicLong();

	@TempDir
	private Path folder;

	private RustBridge bridge;

	@AfterEach
	void close() {
		this.bridge.close();
	}

	private BridgeInfo.Instance instance() {
		return this.bridge.info().instances().get(0);
	}

	private Mono<JsonNode> call() {
		return Mono.defer(() -> {
			this.started.incrementAndGet();
			return this.bridge.command("echo").retrieveMono(JsonNode.class);
		}).doOnNext((answer) -> this.answered.incrementAndGet()).onErrorResume(BridgeException.class, (failure) -> {
			(failure instanceof ConnectionLostException ? this.lost : this.other).incrementAndGet();
			return Mono.empty();
		});
	}

	@Test
	void crashesUnderLoadLeaveCountsFlatAndEndEveryCallOnce() {
		this.bridge = Daemons.chaosBridge()
			.whileUnavailable(WhileUnavailable.WAIT)
			.reconnectInitialDelay(Duration.ofMillis(1))
			.reconnectMaxDelay(Duration.ofMillis(2))
			.build();
		this.bridge.start().block(LIMIT);
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Void> callers = Flux.range(0, CALLERS)
			.flatMap((caller) -> call().repeat(() -> !over.get()), CALLERS)
			.then()
			.toFuture();
		int cycles = Soak.scaled(50, 1000);
		Counts early = null;
		for (int cycle = 1; cycle <= cycles; cycle++) {
			Soak.awaitMore(this.answered, this.answered.get() + 50, callers);
			crash();
			if (cycle == cycles / 5) {
				early = Counts.now();
			}
		}
		Counts late = Counts.now();
		over.set(true);
		assertThat(callers).succeedsWithin(LIMIT);
		assertThat(instance().restarts()).isEqualTo(cycles);
		assertThat(this.answered.get() + this.lost.get()).isEqualTo(this.started.get());
		assertThat(this.other).hasValue(0);
		assertThat(this.bridge.info().inFlight() + this.bridge.info().waiting()).isZero();
		assertThat(late.children()).isEqualTo(1);
		assertThat(late.descriptors()).isLessThanOrEqualTo(early.descriptors());
		assertThat(late.threads()).isLessThanOrEqualTo(THREADS);
		assertThat(late.heap()).isLessThan(early.heap() + 16 * 1024 * 1024);
	}

	private void crash() {
		BridgeInfo.Instance before = instance();
		ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
		await().atMost(LIMIT)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> instance().restarts() > before.restarts() && this.bridge.state() == BridgeState.READY);
	}

	@Test
	void bothSidesHaveCountedTheSame() throws Exception {
		Path note = this.folder.resolve("note");
		this.bridge = Daemons.chaosBridge("--exit-note", note.toString()).build();
		this.bridge.start().block(LIMIT);
		int calls = Soak.scaled(20_000, 200_000);
		Flux.range(0, calls).flatMap((i) -> call(), 256).blockLast(LIMIT);
		List<Long> failed = Flux.range(0, 100)
			.flatMap((i) -> this.bridge.command("fail")
				.params(Map.of())
				.retrieveMono(Void.class)
				.thenReturn(0L)
				.onErrorReturn(1L))
			.collectList()
			.block(LIMIT);
		this.bridge.stop().block(LIMIT);
		JsonNode counts = JsonMapper.shared().readTree(Files.readString(note));
		assertThat(this.answered).hasValue(calls);
		assertThat(failed).containsOnly(1L);
		assertThat(counts.get("received").asLong()).isEqualTo(calls + 100);
		assertThat(counts.get("answered").asLong()).isEqualTo(calls + 100);
	}

	/**
	 * What must not grow.
	 */
	private record Counts(long children, long descriptors, long threads, long heap) {

		static Counts now() {
			// a process that was killed may be listed for a moment
			await().atMost(LIMIT).until(() -> LeakCheck.children().size() <= 1);
			System.gc();
			Runtime runtime = Runtime.getRuntime();
			return new Counts(LeakCheck.children().size(),
					LeakCheck.descriptors().values().stream().mapToLong(Long::longValue).sum(),
					LeakCheck.threads().size(), runtime.totalMemory() - runtime.freeMemory());
		}

	}

}
