/**
 * A daemon as a process: finding its binary, launching it, reading its log, telling why
 * it ended, and stopping it within bounded time.
 */
@NullMarked
package dev.rustbridge.process;

import org.jspecify.annotations.NullMarked;
