/**
 * An application whose tests use the slice. Its daemon does not exist.
 */
@NullMarked
package dev.rustbridge.test.app;

import org.jspecify.annotations.NullMarked;
