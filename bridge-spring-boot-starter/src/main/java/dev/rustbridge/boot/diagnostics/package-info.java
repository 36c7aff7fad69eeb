/**
 * What the console says when an application does not start: what happened, what was
 * tried, what to do.
 */
@NullMarked
package dev.rustbridge.boot.diagnostics;

import org.jspecify.annotations.NullMarked;
