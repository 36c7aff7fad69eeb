/**
 * Commands and the daemons' calls as observations, which become the spans of a trace.
 */
@NullMarked
package dev.rustbridge.actuate.observation;

import org.jspecify.annotations.NullMarked;
