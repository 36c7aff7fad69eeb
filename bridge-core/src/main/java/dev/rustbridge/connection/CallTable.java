package dev.rustbridge.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The pending calls of a connection by their sequence number. Callers put, the I/O thread
 * looks up and takes. Split into stripes with a lock each, because consecutive numbers
 * from several threads then do not meet; keys are primitive, because boxed ones were most
 * of what a call allocated.
 */
final class CallTable {

	private static final int STRIPES = 16;

	private final Stripe[] stripes = new Stripe[STRIPES];

	CallTable() {
		for (int i = 0; i < STRIPES; i++) {
			this.stripes[i] = new Stripe();
		}
	}

	void put(long sequence, Call call) {
		stripe(sequence).put(sequence, call);
	}

	@Nullable Call get(long sequence) {
		return stripe(sequence).get(sequence);
	}

	@Nullable Call remove(long sequence) {
		return stripe(sequence).remove(sequence);
	}

	boolean isEmpty() {
		for (Stripe stripe : this.stripes) {
			if (stripe.size() > 0) {
				return false;
			}
		}
		return true;
	}

	int size() {
		int size = 0;
		for (Stripe stripe : this.stripes) {
			size += stripe.size();
		}
		return size;
	}

	/**
	 * Visits all calls that are pending now. They may end, and others come, meanwhile.
	 * @param visitor is given each call, outside of any lock
	 */
	void forEach(Consumer<Call> visitor) {
		List<Call> calls = new ArrayList<>();
		for (Stripe stripe : this.stripes) {
			stripe.copyInto(calls);
		}
		calls.forEach(visitor);
	}

	private Stripe stripe(long sequence) {
		return this.stripes[(int) sequence & (STRIPES - 1)];
	}

	/**
	 * Open addressing with linear probing; removal closes the gap, so that there are no
	 * tombstones to sweep.
	 */
	private static final class Stripe {

		private static final int INITIAL = 16;

		private long[] keys = new long[INITIAL];

		private @Nullable Call[] values = new @Nullable Call[INITIAL];

		private int size;

		synchronized int size() {
			return this.size;
		}

		synchronized void put(long key, Call value) {
			if (this.size >= this.keys.length >> 1) {
				resize(this.keys.length << 1);
			}
			insert(key, value);
			this.size++;
		}

		synchronized @Nullable Call get(long key) {
			int slot = find(key);
			return (slot >= 0) ? this.values[slot] : null;
		}

		synchronized @Nullable Call remove(long key) {
			int slot = find(key);
			if (slot < 0) {
				return null;
			}
			Call removed = this.values[slot];
			closeGap(slot);
			this.size--;
			if (this.keys.length > INITIAL && this.size < this.keys.length >> 4) {
				resize(this.keys.length >> 2);
			}
			return removed;
		}

		synchronized void copyInto(List<Call> target) {
			for (Call call : this.values) {
				if (call != null) {
					target.add(call);
				}
			}
		}

		private int find(long key) {
			int mask = this.keys.length - 1;
			int slot = slot(key, mask);
			while (this.values[slot] != null) {
				if (this.keys[slot] == key) {
					return slot;
				}
				slot = (slot + 1) & mask;
			}
			return -1;
		}

		private void insert(long key, Call value) {
			int mask = this.keys.length - 1;
			int slot = slot(key, mask);
			while (this.values[slot] != null) {
				slot = (slot + 1) & mask;
			}
			this.keys[slot] = key;
			this.values[slot] = value;
		}

		private void closeGap(int gap) {
			int mask = this.keys.length - 1;
			int slot = gap;
			while (true) {
				this.values[gap] = null;
				int home;
				do {
					slot = (slot + 1) & mask;
					if (this.values[slot] == null) {
						return;
					}
					home = slot(this.keys[slot], mask);
				}
				while ((gap <= slot) ? (gap < home && home <= slot) : (gap < home || home <= slot));
				this.keys[gap] = this.keys[slot];
				this.values[gap] = this.values[slot];
				gap = slot;
			}
		}

		private void resize(int capacity) {
			long[] oldKeys = this.keys;
			@Nullable Call[] oldValues = this.values;
			this.keys = new long[capacity];
			this.values = new @Nullable Call[capacity];
			for (int i = 0; i < oldValues.length; i++) {
				Call value = oldValues[i];
				if (value != null) {
					insert(oldKeys[i], value);
				}
			}
		}

		/** Consecutive numbers of a stripe are 16 apart: they fill neighbouring slots. */
		private static int slot(long key, int mask) {
			return (int) (key >>> 4) & mask;
		}

	}

}
