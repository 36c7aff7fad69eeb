/**
 * The meters of bridges. Nothing here costs anything where there is no registry.
 */
@NullMarked
package dev.rustbridge.actuate.metrics;

import org.jspecify.annotations.NullMarked;
