/**
 * The conformance kit's other side: daemons that behave badly by a script, and what a
 * host, in whatever language, must observe and survive. Internal: run by the jar with the
 * classifier {@code conformance}.
 */
@NullMarked
package dev.rustbridge.test.conformance.host;

import org.jspecify.annotations.NullMarked;
