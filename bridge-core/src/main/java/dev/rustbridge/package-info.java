/**
 * The public API: {@link dev.rustbridge.RustBridge} and what it takes and gives. A bridge
 * is made with {@link dev.rustbridge.RustBridge#builder(String)}; everything below this
 * package but {@code client} is internal.
 */
@NullMarked
package dev.rustbridge;

import org.jspecify.annotations.NullMarked;
