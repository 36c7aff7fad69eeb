/**
 * Checks any daemon against the protocol:
 * {@link dev.rustbridge.test.conformance.ConformanceKit} from a test, or the jar with the
 * classifier {@code conformance} from a shell.
 */
@NullMarked
package dev.rustbridge.test.conformance;

import org.jspecify.annotations.NullMarked;
