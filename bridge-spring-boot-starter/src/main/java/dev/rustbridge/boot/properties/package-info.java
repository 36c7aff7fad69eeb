/**
 * The properties of bridges: their names, their defaults, and how both are bound.
 */
@NullMarked
package dev.rustbridge.boot.properties;

import org.jspecify.annotations.NullMarked;
