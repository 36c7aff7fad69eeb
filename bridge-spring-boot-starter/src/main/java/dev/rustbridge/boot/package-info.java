/**
 * Rust Bridge in a Spring Boot application: what an application annotates, implements and
 * listens to.
 */
@NullMarked
package dev.rustbridge.boot;

import org.jspecify.annotations.NullMarked;
