package dev.rustbridge.sample;

import java.util.List;

/**
 * A line that matches. Positions count UTF-16 units, as Java and JavaScript do.
 *
 * @param path the file, relative to the root
 * @param line the line's number, from 1
 * @param column where the first match begins in the line, from 1
 * @param text the line; the part around the first match where it is very long
 * @param matches start and end of each match within the text
 */
record Hit(String path, long line, long column, String text, List<int[]> matches) {

}
