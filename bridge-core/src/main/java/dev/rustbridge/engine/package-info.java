/**
 * The bridge itself: its builder, its options, and the routing of commands to
 * connections. Internal.
 */
@NullMarked
package dev.rustbridge.engine;

import org.jspecify.annotations.NullMarked;
