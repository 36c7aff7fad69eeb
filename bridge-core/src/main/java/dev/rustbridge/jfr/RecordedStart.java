package dev.rustbridge.jfr;

import org.jspecify.annotations.Nullable;

/**
 * The start of a generation that Java Flight Recorder records.
 */
public interface RecordedStart {

	/**
	 * It ended.
	 * @param failure why it did not come up, {@code null} when it did
	 */
	void ended(@Nullable String failure);

}
