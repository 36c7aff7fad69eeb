/**
 * Auto-configuration of what the actuator knows of bridges.
 */
@NullMarked
package dev.rustbridge.actuate.autoconfigure;

import org.jspecify.annotations.NullMarked;
