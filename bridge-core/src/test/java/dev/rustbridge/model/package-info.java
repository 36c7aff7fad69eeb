/**
 * The protocol as an executable model: what each side of a call does in each state, on
 * each line and on each step of its own. Knows nothing of the engine. The vectors in
 * {@code protocol/vectors} and the tables in {@code docs/protocol-model.md} are made of
 * it, and the simulator holds the engine against it.
 */
@NullMarked
package dev.rustbridge.model;

import org.jspecify.annotations.NullMarked;
