/**
 * A raw driver of daemons, for the conformance kit: processes, sockets, lines and
 * timeouts, and a record of what broke the rules. Nothing of the bridge's engine is in
 * it, which would hide what is to be seen. Internal: use
 * {@link dev.rustbridge.test.conformance.ConformanceKit}.
 */
@NullMarked
package dev.rustbridge.test.conformance.wire;

import org.jspecify.annotations.NullMarked;
