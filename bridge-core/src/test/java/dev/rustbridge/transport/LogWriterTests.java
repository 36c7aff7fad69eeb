package dev.rustbridge.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class LogWriterTests {

	private final LogWriter writer = new LogWriter();

	@Test
	void linesOfManyThreadsAreAllWrittenThoseOfEachInTheirOrder() {
		List<ConcurrentLinkedQueue<Integer>> written = IntStream.range(0, 4)
			.mapToObj((i) -> new ConcurrentLinkedQueue<Integer>())
			.toList();
		CompletableFuture<?>[] threads = written.stream().map((lines) -> CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 20_000; i++) {
				int number = i;
				while (!this.writer.offer(() -> lines.add(number))) {
					Thread.onSpinWait();
				}
			}
		})).toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(threads).join();
		for (ConcurrentLinkedQueue<Integer> lines : written) {
			await().until(() -> lines.size() == 20_000);
			assertThat(new ArrayList<>(lines)).isSorted();
		}
	}

	@Test
	void itsThreadEndsWhenItIsIdleAndComesBack() {
		AtomicReference<Thread> first = new AtomicReference<>();
		this.writer.offer(() -> first.set(Thread.currentThread()));
		await().until(() -> first.get() != null && !first.get().isAlive());
		AtomicReference<Thread> second = new AtomicReference<>();
		this.writer.offer(() -> second.set(Thread.currentThread()));
		await().until(() -> second.get() != null);
		assertThat(second.get()).isNotSameAs(first.get());
	}

	@Test
	void whileOneLineIsHeldUpSoManyWaitAndTheRestIsRefused() {
		CountDownLatch held = new CountDownLatch(1);
		this.writer.offer(() -> {
			try {
				held.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		AtomicInteger written = new AtomicInteger();
		int taken = 0;
		while (this.writer.offer(written::incrementAndGet)) {
			taken++;
		}
		assertThat(taken).isBetween(4000, 4200);
		assertThat(written).hasValue(0);
		held.countDown();
		int all = taken;
		await().until(() -> written.get() == all);
	}

	@Test
	void aLineThatThrowsDoesNotKeepTheNextFromBeingWritten() {
		CompletableFuture<Void> next = new CompletableFuture<>();
		this.writer.offer(() -> {
			throw new IllegalStateException("as ordered");
		});
		this.writer.offer(() -> next.complete(null));
		next.join();
	}

}
