package dev.rustbridge.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

@Name("dev.rustbridge.ReadPause")
@Label("Read Pause")
@Category("Rust Bridge")
@Description("A connection was not read, because what it brings has no room")
@Threshold("10 ms")
@StackTrace(false)
final class ReadPauseEvent extends Event {

	@Label("Cause")
	final String cause;

	private ReadPauseEvent(String cause) {
		this.cause = cause;
	}

	static @Nullable Runnable begin(String cause) {
		if (!FlightRecorder.isInitialized()) {
			return null;
		}
		ReadPauseEvent event = new ReadPauseEvent(cause);
		event.begin();
		return event::commit;
	}

}
