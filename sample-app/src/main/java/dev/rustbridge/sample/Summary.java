package dev.rustbridge.sample;

/**
 * How a search ended.
 *
 * @param files how many files were searched
 * @param hits how many hits were sent
 * @param elapsedMs how long it took in the daemon, in milliseconds
 * @param truncated whether there are more hits than were asked for
 */
record Summary(long files, long hits, long elapsedMs, boolean truncated) {

}
