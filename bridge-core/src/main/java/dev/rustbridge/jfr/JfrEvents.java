package dev.rustbridge.jfr;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Begins events of Java Flight Recorder: {@code null} while nothing is recorded, and in a
 * runtime without the module {@code jdk.jfr}. Nothing here loads a class of that module
 * where it is not.
 */
public final class JfrEvents {

	private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

	private JfrEvents() {
	}

	/**
	 * Begins the event of a command; those under the threshold of
	 * {@code dev.rustbridge.Command}, 20 ms if nothing else is set, are not recorded.
	 * @param bridge the bridge's name
	 * @param method the method
	 * @return the event, {@code null} while none is recorded
	 */
	public static @Nullable RecordedCommand command(String bridge, String method) {
		return AVAILABLE ? CommandEvent.begin(bridge, method) : null;
	}

	/**
	 * Begins the event of a pause of reading; its threshold is 10 ms.
	 * @param cause who holds up the connection
	 * @return ends it, {@code null} while none is recorded
	 */
	public static @Nullable Runnable readPause(String cause) {
		return AVAILABLE ? ReadPauseEvent.begin(cause) : null;
	}

	/**
	 * Begins the event of the start of a generation. Those after the first are restarts.
	 * @param bridge the bridge's name
	 * @param instance the index in the pool
	 * @param generation its number, from 1
	 * @return the event, {@code null} while none is recorded
	 */
	public static @Nullable RecordedStart start(String bridge, int instance, long generation) {
		return AVAILABLE ? StartEvent.begin(bridge, instance, generation) : null;
	}

	/**
	 * Records that a generation was lost.
	 * @param bridge the bridge's name
	 * @param instance the index in the pool
	 * @param generation its number, from 1
	 * @param served how long it had served
	 * @param story what happened
	 */
	public static void lost(String bridge, int instance, long generation, Duration served, String story) {
		if (AVAILABLE) {
			LostEvent.record(bridge, instance, generation, served, story);
		}
	}

}
