/** How load is made, timed and checked, whoever the client is. */
@NullMarked
package dev.rustbridge.benchmarks.load;

import org.jspecify.annotations.NullMarked;
