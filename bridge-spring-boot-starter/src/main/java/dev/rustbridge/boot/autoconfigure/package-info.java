/**
 * What is configured where the starter is on the class path.
 */
@NullMarked
package dev.rustbridge.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
