/**
 * How the test slice is made: what it configures, and what of an application it leaves
 * out.
 */
@NullMarked
package dev.rustbridge.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
