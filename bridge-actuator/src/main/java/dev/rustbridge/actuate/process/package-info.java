/**
 * What the operating system knows of a daemon.
 */
@NullMarked
package dev.rustbridge.actuate.process;

import org.jspecify.annotations.NullMarked;
