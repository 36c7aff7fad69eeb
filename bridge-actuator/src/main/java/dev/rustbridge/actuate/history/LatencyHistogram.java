package dev.rustbridge.actuate.history;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts times in buckets that are 1/16 of their value wide, so that a percentile is off
 * by 3 % at most. A record is two atomic additions at most, wherever it comes from; the
 * memory, 8 KiB, does not depend on how many there are.
 */
final class LatencyHistogram {

	/** Buckets to each power of two. */
	private static final int SUB_BITS = 4;

	private static final int SUB_BUCKETS = 1 << SUB_BITS;

	private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_BUCKETS;

	private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

	private final AtomicLong max = new AtomicLong();

	/**
	 * Counts a time.
	 * @param nanos the time
	 * @return how many have been counted in the same bucket
	 */
	long record(long nanos) {
		long value = Math.max(0, nanos);
		if (value > this.max.get()) {
			this.max.accumulateAndGet(value, Math::max);
		}
		return this.counts.incrementAndGet(bucket(value));
	}

	private static int bucket(long value) {
		if (value < SUB_BUCKETS) {
			return (int) value;
		}
		int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
		return (shift + 1) * SUB_BUCKETS + (int) (value >>> shift) - SUB_BUCKETS;
	}

	/** The middle of a bucket. */
	private static double value(int bucket) {
		if (bucket < SUB_BUCKETS) {
			return bucket;
		}
		int shift = bucket / SUB_BUCKETS - 1;
		double width = 1L << shift;
		return (bucket % SUB_BUCKETS + SUB_BUCKETS) * width + width / 2;
	}

	/** Adds what another has counted. */
	void add(LatencyHistogram other) {
		for (int bucket = 0; bucket < BUCKETS; bucket++) {
			long count = other.counts.get(bucket);
			if (count > 0) {
				this.counts.addAndGet(bucket, count);
			}
		}
		this.max.accumulateAndGet(other.max.get(), Math::max);
	}

	long count() {
		long sum = 0;
		for (int bucket = 0; bucket < BUCKETS; bucket++) {
			sum += this.counts.get(bucket);
		}
		return sum;
	}

	/**
	 * A time that so many of all did not exceed.
	 * @param share how many, from 0 to 1
	 * @return the time in nanoseconds, 0 if nothing was counted
	 */
	double percentile(double share) {
		long rank = (long) Math.ceil(share * count());
		long seen = 0;
		for (int bucket = 0; bucket < BUCKETS; bucket++) {
			seen += this.counts.get(bucket);
			if (seen >= rank && seen > 0) {
				return Math.min(value(bucket), this.max.get());
			}
		}
		return this.max.get();
	}

	long max() {
		return this.max.get();
	}

}
