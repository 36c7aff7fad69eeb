package dev.rustbridge.sample;

/**
 * What the daemon has done since its start.
 *
 * @param searches searches begun
 * @param running searches that run now
 * @param files files searched, by searches that have ended
 * @param hits hits found, by searches that have ended
 * @param uptimeMs time since the start, in milliseconds
 * @param pid the process id
 */
record Stats(long searches, long running, long files, long hits, long uptimeMs, long pid) {

}
