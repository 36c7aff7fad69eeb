/** What a line costs apart from all I/O: framing, decoding, encoding. */
@NullMarked
package dev.rustbridge.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
