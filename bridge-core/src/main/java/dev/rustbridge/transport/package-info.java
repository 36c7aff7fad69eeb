/**
 * How bytes reach a daemon and come back: one selector loop a bridge, and links over
 * socket pairs, pipes, Unix sockets and memory.
 */
@NullMarked
package dev.rustbridge.transport;

import org.jspecify.annotations.NullMarked;
