/**
 * What turns lines into calls: connections, pending calls, streams and their demand, and
 * the supervision of generations. Internal.
 */
@NullMarked
package dev.rustbridge.engine;

import org.jspecify.annotations.NullMarked;
