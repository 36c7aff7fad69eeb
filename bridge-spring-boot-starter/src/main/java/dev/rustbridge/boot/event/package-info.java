/**
 * From the events of daemons to the listeners of the application.
 */
@NullMarked
package dev.rustbridge.boot.event;

import org.jspecify.annotations.NullMarked;
