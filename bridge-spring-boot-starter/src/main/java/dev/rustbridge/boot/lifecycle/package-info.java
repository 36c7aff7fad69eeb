/**
 * When bridges are started and stopped.
 */
@NullMarked
package dev.rustbridge.boot.lifecycle;

import org.jspecify.annotations.NullMarked;
