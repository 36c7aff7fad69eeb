package dev.rustbridge.actuate.metrics;

import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a bridge. Each has the tag {@value #BRIDGE}, the bridge's name. None is
 * called {@code instance}: that is the label by which Prometheus names what it scrapes.
 */
public enum RustBridgeMeter {

	/** Commands by how they ended, from subscription to end. */
	COMMANDS("commands", Meter.Type.TIMER, null, "Commands, from subscription to end", "method", "outcome", "code"),

	/** How long the first chunk of a stream took. */
	FIRST_CHUNK("commands.first.chunk", Meter.Type.TIMER, null, "From subscription to the first chunk of a stream",
			"method"),

	/** Commands that are under way. */
	ACTIVE("commands.active", Meter.Type.GAUGE, null, "Commands that a daemon has, or is about to get"),

	/** Commands that wait for a daemon. */
	QUEUED("commands.queued", Meter.Type.GAUGE, null, "Commands that wait for a daemon to become ready"),

	/** Bytes that wait to be written. */
	QUEUE_SIZE("queue.size", Meter.Type.GAUGE, "bytes", "Bytes that wait to be written to daemons"),

	/** Chunks of streams. */
	CHUNKS("stream.chunks", Meter.Type.COUNTER, null, "Chunks received", "method"),

	/** Bytes on the wire. */
	BYTES("bytes", Meter.Type.COUNTER, "bytes", "Bytes on the wire", "direction"),

	/** Events of daemons. */
	EVENTS("events", Meter.Type.COUNTER, null, "Events received", "event"),

	/** Events that a slow subscriber did not get. */
	EVENTS_DROPPED("events.dropped", Meter.Type.COUNTER, null, "Events dropped for subscribers that had no room",
			"event"),

	/** Attempts to bring a lost daemon back. */
	RECONNECTS("reconnects", Meter.Type.COUNTER, null, "Attempts to bring back a daemon after a failure"),

	/** Generations that took over from another. */
	RESTARTS("restarts", Meter.Type.COUNTER, null, "Generations that served after the first, for whatever reason"),

	/** From a launch to ready. */
	START_UP("startup", Meter.Type.TIMER, null, "From the launch of a daemon, or the connection to it, to ready"),

	/** The states of the instances. */
	STATE("state", Meter.Type.GAUGE, null, "Instances that are in a state", "state"),

	/** Lines that broke the protocol. */
	PROTOCOL_ERRORS("protocol.errors", Meter.Type.COUNTER, null, "Lines of daemons that broke the protocol", "kind"),

	/** Heartbeats. */
	HEARTBEAT("heartbeat", Meter.Type.TIMER, null, "Round trips of heartbeats"),

	/** Code of subscribers that blocked. */
	IO_HELD("io.held", Meter.Type.COUNTER, null,
			"Times that code of a subscriber held the I/O thread for over a second", "method"),

	/** Processor time of a daemon. */
	PROCESS_CPU("process.cpu.time", Meter.Type.COUNTER, "seconds", "Processor time of a daemon", "index"),

	/** Resident memory of a daemon. */
	PROCESS_MEMORY("process.memory", Meter.Type.GAUGE, "bytes", "Resident memory of a daemon", "index"),

	/** Threads of a daemon. */
	PROCESS_THREADS("process.threads", Meter.Type.GAUGE, null, "Threads of a daemon", "index"),

	/** Descriptors of a daemon. */
	PROCESS_FILES("process.files.open", Meter.Type.GAUGE, null, "Open file descriptors of a daemon", "index");

	/** The tag that all have. */
	public static final String BRIDGE = "bridge";

	private final String meterName;

	private final Meter.Type type;

	private final @Nullable String unit;

	private final String description;

	private final List<String> tags;

	RustBridgeMeter(String name, Meter.Type type, @Nullable String unit, String description, String... tags) {
		this.meterName = "rustbridge." + name;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.tags = List.of(tags);
	}

	/**
	 * The name in Micrometer's own spelling; each registry has one of its own.
	 * @return the name
	 */
	public String meterName() {
		return this.meterName;
	}

	/**
	 * What kind of meter it is.
	 * @return the type
	 */
	public Meter.Type type() {
		return this.type;
	}

	/**
	 * The unit of its values; timers have that of their registry.
	 * @return the unit, {@code null} for a mere number
	 */
	public @Nullable String unit() {
		return this.unit;
	}

	/**
	 * What it tells.
	 * @return a phrase
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Its tags beside {@value #BRIDGE}.
	 * @return their keys
	 */
	public List<String> tags() {
		return this.tags;
	}

	/** As a tag's value. */
	static String valueOf(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
