package dev.rustbridge.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.rustbridge.transport.ManualLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table behaves as a map, whatever is put in and taken out.
 */
class CallTableTests {

	private static final Call[] CALLS = calls();

	private static Call[] calls() {
		TestWire wire = new TestWire(new ManualLoop());
		Call[] calls = new Call[8];
		for (int i = 0; i < calls.length; i++) {
			calls[i] = wire.mono(CommandRequest.of("m" + i), new TestSubscriber(1));
		}
		return calls;
	}

	/**
	 * Numbers in a row as they are given out, with some that stay for long; the size goes
	 * up and down, so that the stripes grow, shrink and close gaps.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void anySequenceOfOperationsGivesWhatAMapGives(long seed) {
		Random random = new Random(seed);
		CallTable table = new CallTable();
		Map<Long, Call> model = new HashMap<>();
		List<Long> keys = new ArrayList<>();
		long next = random.nextInt(1000);
		int most = 1;
		for (int i = 0; i < 250_000; i++) {
			if (i % 5000 == 0) {
				most = 1 << random.nextInt(12);
			}
			if (keys.size() < most && random.nextInt(3) > 0) {
				next += (random.nextInt(4) == 0) ? 1 + random.nextInt(300) : 1;
				Call call = CALLS[random.nextInt(CALLS.length)];
				table.put(next, call);
				model.put(next, call);
				keys.add(next);
			}
			else if (!keys.isEmpty()) {
				int index = random.nextInt(keys.size());
				long key = keys.get(index);
				keys.set(index, keys.get(keys.size() - 1));
				keys.remove(keys.size() - 1);
				assertThat(table.remove(key)).isSameAs(model.remove(key));
				assertThat(table.remove(key)).isNull();
			}
			long asked = next - random.nextInt(1 << 12);
			if (table.get(asked) != model.get(asked)) {
				throw new AssertionError("step " + i + ": " + asked + " is " + table.get(asked));
			}
			if (i % 1000 == 0) {
				assertThat(table.size()).isEqualTo(model.size());
				model.forEach((key, call) -> assertThat(table.get(key)).isSameAs(call));
			}
		}
	}

	@Test
	void aVisitSeesAllThatIsPendingAndMayTakeOut() {
		CallTable table = new CallTable();
		for (long i = 0; i < 100; i++) {
			table.put(i, CALLS[0]);
		}
		int[] visits = new int[1];
		table.forEach((call) -> table.remove(visits[0]++));
		assertThat(visits[0]).isEqualTo(100);
		assertThat(table.isEmpty()).isTrue();
	}

	@Test
	void numbersWhoseSlotsMeetAreFoundAfterTheFirstIsTaken() {
		CallTable table = new CallTable();
		// one stripe, one slot, around the end of its array
		long[] keys = { 15 << 4, 31 << 4, 47 << 4, 63 << 4 };
		for (int i = 0; i < keys.length; i++) {
			table.put(keys[i], CALLS[i]);
		}
		assertThat(table.remove(keys[0])).isSameAs(CALLS[0]);
		for (int i = 1; i < keys.length; i++) {
			assertThat(table.get(keys[i])).isSameAs(CALLS[i]);
		}
	}

}
