package dev.rustbridge.transport;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class AlarmTests {

	private final List<IoLoop> loops = Stream.of("first", "second", "third").map(IoLoop::open).toList();

	@AfterEach
	void close() {
		this.loops.forEach(IoLoop::close);
	}

	private static List<Thread> alarms() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("rustbridge-alarm"))
			.toList();
	}

	private CompletableFuture<Long> timer(IoLoop loop, long millis) {
		CompletableFuture<Long> ran = new CompletableFuture<>();
		long start = System.nanoTime();
		loop.schedule(() -> ran.complete(System.nanoTime() - start), TimeUnit.MILLISECONDS.toNanos(millis));
		return ran;
	}

	@Test
	void allLoopsShareOneThread() {
		this.loops.forEach((loop) -> timer(loop, 1).join());
		// that of an earlier test may be on its way out
		await().until(() -> alarms().size() == 1);
		assertThat(alarms()).allMatch(Thread::isDaemon);
	}

	@Test
	void itsThreadEndsWithTheLastLoop() {
		this.loops.forEach((loop) -> timer(loop, 1).join());
		List<Thread> before = alarms();
		close();
		await().until(() -> before.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void anEarlierTimerOfAnotherLoopIsNotHeldUpByALaterOne() {
		timer(this.loops.get(0), 60_000);
		assertThat(timer(this.loops.get(1), 20).orTimeout(10, TimeUnit.SECONDS).join())
			.isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
	}

	@Test
	void timersOfAParkedLoopComeInTheirOrder() {
		CompletableFuture<Long> late = timer(this.loops.get(0), 60);
		CompletableFuture<Long> early = timer(this.loops.get(0), 20);
		assertThat(early.orTimeout(10, TimeUnit.SECONDS).join())
			.isLessThan(late.orTimeout(10, TimeUnit.SECONDS).join());
	}

	@Test
	void aTimerThatBecomesDueWhileTheLoopIsHeldRunsAfterwards() {
		IoLoop held = this.loops.get(0);
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Long> timer = timer(held, 20);
		held.execute(() -> {
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		// by then the alarm has rung in vain
		timer(this.loops.get(1), 60).join();
		assertThat(timer).isNotDone();
		release.countDown();
		timer.orTimeout(10, TimeUnit.SECONDS).join();
	}

}
