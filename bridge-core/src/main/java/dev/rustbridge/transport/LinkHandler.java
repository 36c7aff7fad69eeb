package dev.rustbridge.transport;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens on a link. All methods are called on its loop.
 */
public interface LinkHandler {

	/**
	 * Bytes came.
	 * @param buffer holds them; reused after the call
	 * @param offset of the first
	 * @param length how many
	 */
	void onBytes(byte[] buffer, int offset, int length);

	/**
	 * At most four reads were made, or nothing more is readable now: the moment to write
	 * what has gathered.
	 */
	default void onBatchEnd() {
	}

	/**
	 * There is room to write, as asked for by {@link Link#requestWritable()}.
	 */
	default void onWritable() {
	}

	/**
	 * No more bytes will come. Called once.
	 * @param cause {@code null} for an orderly end
	 */
	default void onEnd(@Nullable IOException cause) {
	}

}
