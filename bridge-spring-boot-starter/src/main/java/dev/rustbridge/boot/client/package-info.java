/**
 * How typed clients become beans.
 */
@NullMarked
package dev.rustbridge.boot.client;

import org.jspecify.annotations.NullMarked;
