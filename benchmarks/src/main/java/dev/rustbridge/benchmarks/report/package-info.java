/** From samples to medians, tables and plots. */
@NullMarked
package dev.rustbridge.benchmarks.report;

import org.jspecify.annotations.NullMarked;
