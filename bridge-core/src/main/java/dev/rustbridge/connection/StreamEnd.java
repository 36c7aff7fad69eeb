package dev.rustbridge.connection;

import org.jspecify.annotations.Nullable;

/**
 * How a stream ended.
 *
 * @param failure what went wrong, {@code null} for nothing
 * @param overtakes whether it is told before the chunks that are held, which then are
 * lost
 */
record StreamEnd(@Nullable Throwable failure, boolean overtakes) {

	StreamEnd(@Nullable Throwable failure) {
		this(failure, false);
	}

	StreamEnd overtaking() {
		return new StreamEnd(this.failure, true);
	}

}
