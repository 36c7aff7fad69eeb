/** Every client that is measured, each in the best set-up that its makers document. */
@NullMarked
package dev.rustbridge.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
