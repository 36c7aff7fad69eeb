/**
 * What is kept for names that others make up, within bounds.
 */
@NullMarked
package dev.rustbridge.actuate.bounded;

import org.jspecify.annotations.NullMarked;
