package dev.rustbridge.boot.event;

/**
 * The data of the events that tests make the daemon emit.
 *
 * @param index how many came before it
 */
record Tick(int index) {

}
