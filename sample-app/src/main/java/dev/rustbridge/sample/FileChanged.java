package dev.rustbridge.sample;

/**
 * The daemon's event {@code fileChanged}.
 *
 * @param path the file, relative to the root
 * @param kind created, modified or removed
 */
record FileChanged(String path, String kind) {

}
