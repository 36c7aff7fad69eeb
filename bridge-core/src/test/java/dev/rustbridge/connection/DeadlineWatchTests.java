package dev.rustbridge.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.transport.ManualLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One timer for all deadlines misses none, in virtual time.
 */
class DeadlineWatchTests {

	private final ManualLoop loop = new ManualLoop();

	private final DeadlineWatch watch = new DeadlineWatch(this.loop);

	private final PriorityQueue<Long> pending = new PriorityQueue<>();

	/** Those that expired, and when. */
	private final List<long[]> expired = new ArrayList<>();

	private int sweeps;

	DeadlineWatchTests() {
		this.watch.sweepBy(this::sweep);
	}

	private long sweep(long now) {
		this.sweeps++;
		while (!this.pending.isEmpty() && this.pending.element() <= now) {
			this.expired.add(new long[] { this.pending.remove(), now });
		}
		return this.pending.isEmpty() ? DeadlineWatch.NEVER : this.pending.element();
	}

	private void add(long moment) {
		this.pending.add(moment);
		this.watch.watch(moment);
	}

	@Test
	void nothingIsSweptBeforeItsTime() {
		add(1000);
		this.loop.advance(999, TimeUnit.NANOSECONDS);
		assertThat(this.sweeps).isZero();
		this.loop.advance(1, TimeUnit.NANOSECONDS);
		assertThat(this.expired).containsExactly(new long[] { 1000, 1000 });
	}

	@Test
	void anEarlierMomentOvertakes() {
		add(1000);
		this.loop.run();
		add(500);
		this.loop.advance(500, TimeUnit.NANOSECONDS);
		assertThat(this.expired).containsExactly(new long[] { 500, 500 });
		this.loop.advance(500, TimeUnit.NANOSECONDS);
		assertThat(this.expired).hasSize(2);
	}

	@Test
	void whatEndedInTimeCostsOneSweepAtMost() {
		for (int i = 0; i < 1000; i++) {
			add(1000 + i);
		}
		this.pending.clear();
		this.loop.advance(10_000, TimeUnit.NANOSECONDS);
		assertThat(this.sweeps).isOne();
	}

	@Test
	void whatIsOverdueIsSweptAtOnce() {
		this.loop.advance(1000, TimeUnit.NANOSECONDS);
		add(5);
		this.loop.run();
		assertThat(this.expired).containsExactly(new long[] { 5, 1000 });
	}

	@Test
	void neverIsNotWatched() {
		this.watch.watch(DeadlineWatch.NEVER);
		this.loop.advance(1, TimeUnit.DAYS);
		assertThat(this.sweeps).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void eachMomentIsMetExactly(long seed) {
		Random random = new Random(seed);
		int added = 0;
		for (int i = 0; i < 5000; i++) {
			if (random.nextBoolean()) {
				add(this.watch.now() + 1 + random.nextInt(1 << random.nextInt(20)));
				added++;
			}
			if (random.nextInt(10) == 0) {
				added -= (this.pending.poll() != null) ? 1 : 0;
			}
			this.loop.advance(random.nextInt(1 << random.nextInt(12)), TimeUnit.NANOSECONDS);
		}
		this.loop.advance(1, TimeUnit.SECONDS);
		assertThat(this.expired).hasSize(added).allSatisfy((entry) -> assertThat(entry[1]).isEqualTo(entry[0]));
	}

}
