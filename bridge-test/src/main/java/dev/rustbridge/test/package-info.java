/**
 * What applications test with: a scripted daemon in the JVM of the test, which needs
 * neither Rust nor a binary.
 */
@NullMarked
package dev.rustbridge.test;

import org.jspecify.annotations.NullMarked;
