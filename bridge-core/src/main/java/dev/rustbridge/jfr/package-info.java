/**
 * What Java Flight Recorder is told of bridges, where it records and the runtime has it.
 */
@NullMarked
package dev.rustbridge.jfr;

import org.jspecify.annotations.NullMarked;
