package dev.rustbridge.jfr;

import dev.rustbridge.BridgeListener.Outcome;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

@Name("dev.rustbridge.Command")
@Label("Command")
@Category("Rust Bridge")
@Description("A command, from its subscription to its end")
@Threshold("20 ms")
@StackTrace(false)
final class CommandEvent extends Event implements RecordedCommand {

	@Label("Bridge")
	final String bridge;

	@Label("Method")
	final String method;

	@Label("Id")
	@Nullable String id;

	@Label("Instance")
	int instance = -1;

	@Label("Generation")
	long generation;

	@Label("Outcome")
	@Nullable String outcome;

	@Label("Error")
	@Nullable String error;

	private CommandEvent(String bridge, String method) {
		this.bridge = bridge;
		this.method = method;
	}

	static @Nullable RecordedCommand begin(String bridge, String method) {
		if (!FlightRecorder.isInitialized() || !Type.COMMAND.isEnabled()) {
			return null;
		}
		CommandEvent event = new CommandEvent(bridge, method);
		event.begin();
		return event;
	}

	@Override
	public void routed(String id, int instance, long generation) {
		this.id = id;
		this.instance = instance;
		this.generation = generation;
	}

	@Override
	public void ended(Outcome outcome, @Nullable Throwable error) {
		end();
		if (shouldCommit()) {
			this.outcome = outcome.name();
			this.error = (error != null) ? error.getMessage() : null;
			commit();
		}
	}

	/** Not before Flight Recorder is there: to look a type up would start it. */
	private static final class Type {

		static final EventType COMMAND = EventType.getEventType(CommandEvent.class);

	}

}
