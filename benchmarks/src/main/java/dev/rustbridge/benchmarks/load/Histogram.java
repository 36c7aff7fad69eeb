package dev.rustbridge.benchmarks.load;

import java.util.concurrent.atomic.AtomicLongArray;

/** Times in nanoseconds, to within 1 %. Any number of threads may record. */
public final class Histogram {

	private static final int SUB_BITS = 7;

	private static final int SUB_BUCKETS = 1 << SUB_BITS;

	private final AtomicLongArray buckets = new AtomicLongArray((64 - SUB_BITS + 1) * SUB_BUCKETS);

	/** Counts one time. */
	public void record(long nanos) {
		buckets.getAndIncrement(bucket(Math.max(nanos, 0)));
	}

	/**
	 * The time that the given part (0.5 for the median) of all stays below; 0 without
	 * any.
	 */
	public long percentile(double part) {
		long total = 0;
		for (int i = 0; i < buckets.length(); i++) {
			total += buckets.get(i);
		}
		long rank = (long) Math.ceil(total * part);
		long seen = 0;
		for (int i = 0; i < buckets.length() && total > 0; i++) {
			seen += buckets.get(i);
			if (seen >= rank) {
				return middle(i);
			}
		}
		return 0;
	}

	private static int bucket(long nanos) {
		if (nanos < SUB_BUCKETS) {
			return (int) nanos;
		}
		int shift = 63 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
		return (shift + 1) * SUB_BUCKETS + (int) (nanos >>> shift) - SUB_BUCKETS;
	}

	private static long middle(int bucket) {
		if (bucket < SUB_BUCKETS) {
			return bucket;
		}
		int shift = bucket / SUB_BUCKETS - 1;
		long low = (long) (bucket % SUB_BUCKETS + SUB_BUCKETS) << shift;
		return low + (1L << shift) / 2;
	}

}
