/**
 * The endpoint {@code bridges}: what is known of each bridge, and what an operator may
 * do.
 */
@NullMarked
package dev.rustbridge.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
