/**
 * What is remembered of bridges for operators: the last steps, the last errors, and how
 * long commands took.
 */
@NullMarked
package dev.rustbridge.actuate.history;

import org.jspecify.annotations.NullMarked;
