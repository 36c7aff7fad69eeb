package dev.rustbridge.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

import dev.rustbridge.PinnedRun;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads that call at once.
 */
class ManyCallersIntegrationTests {

	private static final int THREADS = 64;

	/** On one core fewer: what may go wrong there goes wrong with each of them. */
	private static final int CALLS = PinnedRun.isPinned() ? 10_000 : 100_000;

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private RustBridge bridge;

	@BeforeEach
	void start() {
		this.bridge = Daemons.chaosBridge("--management").build();
		this.bridge.start().block(LIMIT);
	}

	@AfterEach
	void stop() {
		this.bridge.close();
	}

	@Test
	void noneIsLostAndNoneIsAnsweredTwice() throws InterruptedException {
		AtomicIntegerArray answers = new AtomicIntegerArray(THREADS * CALLS);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		CountDownLatch answered = new CountDownLatch(THREADS * CALLS);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int first = i * CALLS;
			threads.add(new Thread(() -> call(first, answers, failure, answered)));
		}
		threads.forEach(Thread::start);
		assertThat(answered.await(120, TimeUnit.SECONDS)).as("all answered; failure %s", failure.get()).isTrue();
		assertThat(failure.get()).isNull();
		for (int i = 0; i < THREADS * CALLS; i++) {
			assertThat(answers.get(i)).isOne();
		}
		assertThat(this.bridge.info().inFlight()).isZero();
		assertThat(this.bridge.info().instances().get(0).queuedBytes()).isZero();
		JsonNode counts = this.bridge.command("counts").retrieveMono(JsonNode.class).block(LIMIT);
		assertThat(counts.get("received").asLong()).isEqualTo((long) THREADS * CALLS + 1);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private void call(int first, AtomicIntegerArray answers, AtomicReference<Throwable> failure,
			CountDownLatch answered) {
		// as many as an application would have under way for one user at once
		Semaphore window = new Semaphore(32);
		for (int i = first; i < first + CALLS; i++) {
			int number = i;
			window.acquireUninterruptibly();
			this.bridge.command("echo").params(Map.of("n", number)).retrieveMono(JsonNode.class).subscribe((answer) -> {
				answers.incrementAndGet(answer.get("n").asInt());
				answered.countDown();
				window.release();
			}, (error) -> {
				failure.set(error);
				answered.countDown();
				window.release();
			});
		}
	}

}
