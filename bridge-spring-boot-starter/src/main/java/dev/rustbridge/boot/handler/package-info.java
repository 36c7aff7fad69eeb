/**
 * The application's answers to what daemons ask, and what it tells them first.
 */
@NullMarked
package dev.rustbridge.boot.handler;

import org.jspecify.annotations.NullMarked;
