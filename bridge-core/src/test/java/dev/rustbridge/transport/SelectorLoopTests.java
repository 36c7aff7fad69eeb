package dev.rustbridge.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class SelectorLoopTests {

	private final IoLoop loop = IoLoop.open("looping");

	@AfterEach
	void close() {
		this.loop.close();
		await().until(() -> this.loop.thread() == null);
	}

	private <T> T onLoop(Supplier<T> task) {
		return CompletableFuture.supplyAsync(task, this.loop).orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Test
	void itStartsWithTheFirstUse() {
		assertThat(this.loop.thread()).isNull();
		assertThat(this.loop.isParked()).isTrue();
		onLoop(() -> true);
		assertThat(this.loop.thread().getName()).isEqualTo("rustbridge-looping");
		assertThat(this.loop.thread().isDaemon()).isTrue();
	}

	@Test
	void itsThreadMustNotBlockAndInheritsNothingFromItsFirstUser() {
		InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
		inherited.set("mine");
		Thread.currentThread().setContextClassLoader(new ClassLoader(getClass().getClassLoader()) {
		});
		try {
			assertThat(onLoop(Schedulers::isInNonBlockingThread)).isTrue();
			assertThat(onLoop(() -> Thread.currentThread().getContextClassLoader()))
				.isSameAs(IoLoop.class.getClassLoader());
			assertThat(onLoop(() -> String.valueOf(inherited.get()))).isEqualTo("null");
		}
		finally {
			Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
		}
	}

	@Test
	void tasksOfOneThreadRunInOrder() {
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			int number = i;
			this.loop.execute(() -> order.add(number));
		}
		assertThat(onLoop(() -> List.copyOf(order))).hasSize(1000).isSorted();
	}

	@Test
	void aTaskThatThrowsIsLoggedAndTheLoopGoesOn() {
		this.loop.execute(() -> {
			throw new IllegalStateException("as ordered");
		});
		this.loop.execute(() -> {
			throw new StackOverflowError("as ordered");
		});
		assertThat(onLoop(this.loop::inLoop)).isTrue();
	}

	@Test
	void aTaskThatInterruptsTheLoopDoesNotMakeItSpin() {
		AtomicInteger turns = new AtomicInteger();
		this.loop.register(outbox(() -> {
			turns.incrementAndGet();
			return false;
		}));
		this.loop.execute(() -> Thread.currentThread().interrupt());
		await().during(Duration.ofMillis(100)).atMost(Duration.ofSeconds(5)).until(this.loop::isParked);
		assertThat(turns.get()).isLessThan(50);
	}

	@Test
	void aTaskThatPutsItselfInAgainStarvesNoTimer() {
		AtomicBoolean stop = new AtomicBoolean();
		Runnable again = new Runnable() {
			@Override
			public void run() {
				if (!stop.get()) {
					SelectorLoopTests.this.loop.execute(this);
				}
			}
		};
		this.loop.execute(again);
		CountDownLatch fired = new CountDownLatch(1);
		this.loop.schedule(fired::countDown, TimeUnit.MILLISECONDS.toNanos(5));
		await().until(() -> fired.getCount() == 0);
		stop.set(true);
	}

	@Test
	void timersFireInTheOrderOfTheirTimesAndNotBefore() {
		List<String> fired = new ArrayList<>();
		long begun = System.nanoTime();
		AtomicLong first = new AtomicLong();
		onLoop(() -> {
			this.loop.schedule(() -> fired.add("late"), TimeUnit.MILLISECONDS.toNanos(60));
			this.loop.schedule(() -> {
				first.set(System.nanoTime() - begun);
				fired.add("early");
			}, TimeUnit.MILLISECONDS.toNanos(20));
			this.loop.schedule(() -> fired.add("at once"), 0);
			return true;
		});
		await().until(() -> onLoop(() -> fired.size() == 3));
		assertThat(fired).containsExactly("at once", "early", "late");
		assertThat(first.get()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
	}

	@Test
	void aCancelledTimerDoesNotFire() {
		AtomicBoolean fired = new AtomicBoolean();
		IoLoop.Timer timer = this.loop.schedule(() -> fired.set(true), TimeUnit.MILLISECONDS.toNanos(20));
		CountDownLatch later = new CountDownLatch(1);
		this.loop.schedule(later::countDown, TimeUnit.MILLISECONDS.toNanos(40));
		timer.cancel();
		await().until(() -> later.getCount() == 0);
		assertThat(fired).isFalse();
	}

	@Test
	void theLongestDelayDoesNotOverflow() {
		AtomicBoolean fired = new AtomicBoolean();
		this.loop.schedule(() -> fired.set(true), Long.MAX_VALUE);
		CountDownLatch later = new CountDownLatch(1);
		this.loop.schedule(later::countDown, TimeUnit.MILLISECONDS.toNanos(20));
		await().until(() -> later.getCount() == 0);
		assertThat(fired).isFalse();
	}

	@Test
	void whatIsLeftToALoopThatIsAwakeIsFlushedBeforeItParks() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		AtomicBoolean pending = new AtomicBoolean();
		CountDownLatch flushed = new CountDownLatch(1);
		this.loop.register(new IoLoop.Outbox() {
			@Override
			public boolean hasPending() {
				return pending.get();
			}

			@Override
			public void flush() {
				pending.set(false);
				flushed.countDown();
			}
		});
		this.loop.execute(() -> {
			entered.countDown();
			try {
				held.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		entered.await();
		pending.set(true);
		assertThat(this.loop.isParked()).isFalse();
		held.countDown();
		assertThat(flushed.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void noPutIsForgottenThatComesWhileTheLoopIsAboutToPark() {
		AtomicInteger pending = new AtomicInteger();
		this.loop.register(new IoLoop.Outbox() {
			@Override
			public boolean hasPending() {
				return pending.get() > 0;
			}

			@Override
			public void flush() {
				pending.set(0);
			}
		});
		for (int i = 0; i < 30_000; i++) {
			AtomicBoolean ran = new AtomicBoolean();
			this.loop.execute(() -> ran.set(true));
			while (!ran.get()) {
				Thread.onSpinWait();
			}
			// the loop parks after this task: come at every moment of that
			for (int spin = 0; spin < i % 256; spin++) {
				Thread.onSpinWait();
			}
			pending.set(1);
			if (this.loop.isParked()) {
				pending.set(0);
			}
			else {
				// nothing else would wake it
				awaitZero(pending);
			}
		}
	}

	private static void awaitZero(AtomicInteger pending) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (pending.get() > 0) {
			assertThat(System.nanoTime()).as("the loop parked with something pending").isLessThan(deadline);
			Thread.onSpinWait();
		}
	}

	@Test
	void everyTaskOfManyThreadsRunsThoughTheLoopParksInBetween() {
		int threads = 4;
		int tasks = 50_000;
		AtomicInteger ran = new AtomicInteger();
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int t = 0; t < threads; t++) {
			all.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < tasks; i++) {
					this.loop.execute(ran::incrementAndGet);
				}
			}));
		}
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
		await().untilAsserted(() -> assertThat(ran).hasValue(threads * tasks));
	}

	@Test
	void anOutboxThatThrowsDoesNotEndTheLoop() {
		IoLoop.Outbox broken = outbox(() -> {
			throw new IllegalStateException("as ordered");
		});
		this.loop.register(broken);
		assertThat(onLoop(this.loop::inLoop)).isTrue();
		await().until(this.loop::isParked);
		this.loop.unregister(broken);
		assertThat(onLoop(this.loop::inLoop)).isTrue();
	}

	/** Holds the loop, until the latch is counted down. */
	private CountDownLatch hold() {
		CountDownLatch held = new CountDownLatch(1);
		this.loop.execute(() -> {
			try {
				held.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		return held;
	}

	@Test
	void itTellsHowLongItIsHeld() throws Exception {
		onLoop(() -> true);
		await().until(() -> this.loop.turnNanos() == 0);
		CountDownLatch held = hold();
		await().until(() -> this.loop.turnNanos() > TimeUnit.MILLISECONDS.toNanos(100));
		assertThat(this.loop.thread().getStackTrace()).anyMatch((frame) -> frame.getMethodName().contains("await"));
		held.countDown();
		await().until(() -> this.loop.turnNanos() == 0);
	}

	@Test
	void closeRunsWhatWaitsAndRejectsTheRest() throws Exception {
		CountDownLatch held = hold();
		AtomicBoolean ran = new AtomicBoolean();
		this.loop.execute(() -> ran.set(true));
		this.loop.close();
		this.loop.close();
		held.countDown();
		await().until(() -> this.loop.thread() == null);
		assertThat(ran).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.loop.execute(() -> {
		})).withMessageContaining("looping");
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.loop.schedule(() -> {
		}, 1));
	}

	@Test
	void aLoopThatWasNeverUsedCanBeClosed() {
		this.loop.close();
		assertThat(this.loop.thread()).isNull();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.loop.execute(() -> {
		}));
	}

	@Test
	void itCanBeClosedFromWithin() {
		this.loop.execute(this.loop::close);
		await().until(() -> this.loop.thread() == null);
	}

	private static IoLoop.Outbox outbox(BooleanSupplier pending) {
		return new IoLoop.Outbox() {
			@Override
			public boolean hasPending() {
				return pending.getAsBoolean();
			}

			@Override
			public void flush() {
			}
		};
	}

}
