/**
 * Between Reactor's context and the thread-locals of those who run plain methods.
 */
@NullMarked
package dev.rustbridge.boot.propagation;

import org.jspecify.annotations.NullMarked;
