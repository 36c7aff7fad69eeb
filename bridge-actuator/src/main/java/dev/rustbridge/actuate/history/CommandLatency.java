package dev.rustbridge.actuate.history;

import java.time.Instant;

/**
 * How long the commands of one method took, from subscription to end. Those that were
 * never sent, and those whose subscriber went away, tell nothing of it and are left out.
 * Times are milliseconds.
 *
 * @param since what came before is left out: between five and ten minutes, or longer
 * where there was little to count
 * @param count how many
 * @param p50 half of them took no longer
 * @param p95 95 % took no longer
 * @param p99 99 % took no longer
 * @param max the longest
 */
public record CommandLatency(Instant since, long count, double p50, double p95, double p99, double max) {

}
