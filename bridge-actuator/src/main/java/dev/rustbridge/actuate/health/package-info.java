/**
 * The health of each bridge.
 */
@NullMarked
package dev.rustbridge.actuate.health;

import org.jspecify.annotations.NullMarked;
