/**
 * Typed clients: interfaces whose methods are the commands of a daemon.
 */
@NullMarked
package dev.rustbridge.client;

import org.jspecify.annotations.NullMarked;
