package dev.rustbridge.transport;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopTimersTests {

	private final LoopTimers timers = new LoopTimers();

	private final List<String> fired = new ArrayList<>();

	private LoopTimers.Timeout add(String name, long deadline) {
		LoopTimers.Timeout timeout = new LoopTimers.Timeout(() -> this.fired.add(name), deadline);
		this.timers.add(timeout);
		return timeout;
	}

	private void fireDue(long now) {
		Runnable due = this.timers.pollDue(now);
		while (due != null) {
			due.run();
			due = this.timers.pollDue(now);
		}
	}

	@Test
	void theEarliestIsNext() {
		add("late", 300);
		add("early", 200);
		assertThat(this.timers.nanosToNext(50)).isEqualTo(150);
		fireDue(250);
		assertThat(this.fired).containsExactly("early");
		assertThat(this.timers.nanosToNext(250)).isEqualTo(50);
	}

	@Test
	void withoutTimersThereIsNoNext() {
		assertThat(this.timers.nanosToNext(0)).isEqualTo(Long.MAX_VALUE);
		assertThat(this.timers.pollDue(0)).isNull();
	}

	@Test
	void aClockThatOverflowsKeepsTheOrder() {
		long now = Long.MAX_VALUE - 10;
		add("behind the overflow", now + 100);
		add("before it", now + 5);
		assertThat(this.timers.nanosToNext(now)).isEqualTo(5);
		fireDue(now + 99);
		assertThat(this.fired).containsExactly("before it");
		fireDue(now + 100);
		assertThat(this.fired).containsExactly("before it", "behind the overflow");
	}

	@Test
	void aCancelledOneIsNotWaitedFor() {
		LoopTimers.Timeout cancelled = add("cancelled", 100);
		add("next", 200);
		cancelled.cancel();
		assertThat(this.timers.nanosToNext(0)).isEqualTo(200);
		fireDue(1000);
		assertThat(this.fired).containsExactly("next");
	}

	@Test
	void cancelledOnesDoNotPileUp() {
		add("keeps the heap from being emptied at its head", 1);
		for (int i = 0; i < 100_000; i++) {
			add("cancelled", Long.MAX_VALUE / 2 + i).cancel();
		}
		assertThat(this.timers.size()).isLessThan(200);
	}

}
