/**
 * What the endpoint {@code info} tells of bridges.
 */
@NullMarked
package dev.rustbridge.actuate.info;

import org.jspecify.annotations.NullMarked;
