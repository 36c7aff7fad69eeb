/**
 * One connection to one generation of a daemon: calls and what becomes of them, streams
 * and their demand, the queue of what is to be written, and all that was negotiated.
 * Internal.
 */
@NullMarked
package dev.rustbridge.connection;

import org.jspecify.annotations.NullMarked;
