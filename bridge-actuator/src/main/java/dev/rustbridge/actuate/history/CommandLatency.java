package dev.rustbridge.actuate.history;

import java.time.Instant;

/**
 * How long the commands of one method took, from subscription to end. Those that were
 * never sent, and those whose subscriber went away, tell nothing of it and are left out.
 *
 * @param since what came before is left out: between five and ten minutes, or longer
 * where there was little to count
 * @param count how many
 * @param p50Millis half of them took no longer, in milliseconds
 * @param p95Millis 95 % took no longer
 * @param p99Millis 99 % took no longer
 * @param maxMillis the longest
 */
public record CommandLatency(Instant since, long count, double p50Millis, double p95Millis, double p99Millis,
		double maxMillis) {

}
