package dev.rustbridge.connection;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Credit follows demand, and never lets more come than there is room for.
 */
class CreditWindowTests {

	private static final int PREFETCH = 32;

	@Test
	void withoutDemandOnlyThePrefetchIsGranted() {
		assertThat(new CreditWindow(1 << 20).grant(0, 0)).isEqualTo(PREFETCH);
	}

	@Test
	void unlimitedDemandIsGrantedOnce() {
		CreditWindow window = new CreditWindow(1 << 20);
		assertThat(window.grant(Long.MAX_VALUE, 0)).isEqualTo(CreditWindow.UNLIMITED);
		assertThat(window.grant(Long.MAX_VALUE, 0)).isZero();
		assertThat(window.received(1)).isTrue();
	}

	@Test
	void smallGrantsAreGathered() {
		CreditWindow window = new CreditWindow(1 << 20);
		window.grant(0, 0);
		assertThat(window.grant(1, 0)).isZero();
		assertThat(window.grant(PREFETCH, 0)).isEqualTo(PREFETCH);
	}

	@Test
	void aChunkWithoutCreditIsAnOverrun() {
		CreditWindow window = new CreditWindow(1 << 20);
		window.grant(0, 0);
		for (int i = 0; i < PREFETCH; i++) {
			assertThat(window.received(1)).isTrue();
		}
		assertThat(window.received(1)).isFalse();
	}

	@Test
	void chunksLargerThanTheBufferComeOneByOne() {
		CreditWindow window = new CreditWindow(100);
		window.grant(0, 0);
		for (int i = 0; i < PREFETCH; i++) {
			window.received(1000);
		}
		assertThat(window.grant(50, 0)).isOne();
	}

	@Test
	void noDemandIsTooLargeForTheWire() {
		CreditWindow window = new CreditWindow(Long.MAX_VALUE);
		assertThat(window.grant(Long.MAX_VALUE - 1, 0)).isLessThan(CreditWindow.UNLIMITED);
	}

	/**
	 * A daemon that sends whenever it may, a subscriber that asks whenever it likes.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void aStreamNeverStallsAndNeverExceedsItsBounds(long seed) {
		Random random = new Random(seed);
		long buffer = 1L << (4 + random.nextInt(16));
		int largest = 1 + random.nextInt(1 << random.nextInt(12));
		CreditWindow window = new CreditWindow(buffer);
		long demand = 0;
		int held = 0;
		int largestSeen = 1;
		long credit = window.grant(demand, held);
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(3) == 0) {
				demand += 1 + random.nextInt(1 << random.nextInt(8));
			}
			else if (credit > 0) {
				int size = 1 + random.nextInt(largest);
				largestSeen = Math.max(largestSeen, size);
				assertThat(window.received(size)).isTrue();
				credit--;
				held++;
			}
			long given = Math.min(demand, held);
			demand -= given;
			held -= (int) given;
			long grant = window.grant(demand, held);
			credit += grant;
			assertThat(credit + held).as("step %d", i).isLessThanOrEqualTo(demand + PREFETCH);
			if (grant > 0) {
				assertThat(credit + held).isLessThanOrEqualTo(Math.max(1, buffer / largestSeen));
			}
			if (demand > 0) {
				assertThat(credit).as("step %d: nothing more can come", i).isPositive();
			}
		}
	}

}
