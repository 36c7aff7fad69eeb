package dev.rustbridge.jfr;

import java.time.Duration;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("dev.rustbridge.Lost")
@Label("Lost")
@Category("Rust Bridge")
@Description("A daemon that served ended, or its connection was lost")
@StackTrace(false)
final class LostEvent extends Event {

	@Label("Bridge")
	final String bridge;

	@Label("Instance")
	final int instance;

	@Label("Generation")
	final long generation;

	@Label("Served")
	@Timespan
	final long served;

	@Label("Story")
	final String story;

	private LostEvent(String bridge, int instance, long generation, Duration served, String story) {
		this.bridge = bridge;
		this.instance = instance;
		this.generation = generation;
		this.served = served.toNanos();
		this.story = story;
	}

	static void record(String bridge, int instance, long generation, Duration served, String story) {
		if (FlightRecorder.isInitialized()) {
			new LostEvent(bridge, instance, generation, served, story).commit();
		}
	}

}
