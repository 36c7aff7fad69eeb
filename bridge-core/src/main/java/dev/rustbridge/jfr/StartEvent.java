package dev.rustbridge.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.rustbridge.Start")
@Label("Start")
@Category("Rust Bridge")
@Description("A daemon was launched or connected, until it took commands or failed")
@StackTrace(false)
final class StartEvent extends Event implements RecordedStart {

	@Label("Bridge")
	final String bridge;

	@Label("Instance")
	final int instance;

	@Label("Generation")
	final long generation;

	@Label("Restart")
	@Description("Whether it is not the first generation")
	final boolean restart;

	@Label("Failure")
	@Nullable String failure;

	private StartEvent(String bridge, int instance, long generation) {
		this.bridge = bridge;
		this.instance = instance;
		this.generation = generation;
		this.restart = generation > 1;
	}

	static @Nullable RecordedStart begin(String bridge, int instance, long generation) {
		if (!FlightRecorder.isInitialized()) {
			return null;
		}
		StartEvent event = new StartEvent(bridge, instance, generation);
		event.begin();
		return event;
	}

	@Override
	public void ended(@Nullable String failure) {
		this.failure = failure;
		commit();
	}

}
