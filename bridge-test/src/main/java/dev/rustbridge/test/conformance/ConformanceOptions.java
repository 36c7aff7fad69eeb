package dev.rustbridge.test.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.rustbridge.test.conformance.wire.DaemonUnderTest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which daemon is checked, and which of its methods may be called. Immutable.
 *
 * <pre class="code">
 * ConformanceOptions.command("./my-daemon", "--management")
 *     .method(MethodRole.ECHO, "echo", "{}")
 *     .method(MethodRole.STREAM, "count", "{\"to\":10}")
 *     .build();
 * </pre>
 */
public final class ConformanceOptions {

	private final List<String> command;

	private final @Nullable Path socket;

	private final String readyEvent;

	private final Duration timeout;

	private final Duration drainTime;

	private final Duration quietTime;

	private final Map<MethodRole, MethodUnderTest> methods;

	private final List<String> items;

	private final String hostResult;

	private ConformanceOptions(Builder builder) {
		this.command = List.copyOf(builder.command);
		this.socket = builder.socket;
		this.readyEvent = builder.readyEvent;
		this.timeout = builder.timeout;
		this.drainTime = builder.drainTime;
		this.quietTime = builder.quietTime;
		this.methods = new EnumMap<>(builder.methods);
		this.items = List.copyOf(builder.items);
		this.hostResult = builder.hostResult;
	}

	/**
	 * A daemon over stdio. It is started anew for each check.
	 * @param command the executable and its arguments
	 * @return a builder
	 */
	public static Builder command(String... command) {
		return command(List.of(command));
	}

	/**
	 * A daemon over stdio. It is started anew for each check.
	 * @param command the executable and its arguments
	 * @return a builder
	 */
	public static Builder command(List<String> command) {
		if (command.isEmpty()) {
			throw new IllegalArgumentException("the command is empty: name the daemon's executable");
		}
		return new Builder(command, null);
	}

	/**
	 * A daemon that runs already, and listens on a Unix socket. Each check makes a
	 * connection of its own; what needs a process of our own is not tried.
	 * @param socket the path
	 * @return a builder
	 */
	public static Builder socket(Path socket) {
		return new Builder(List.of(), socket);
	}

	DaemonUnderTest daemon() {
		return new DaemonUnderTest(this.command, this.socket, this.readyEvent, this.timeout);
	}

	String describe() {
		return (this.socket != null) ? this.socket.toString() : String.join(" ", this.command);
	}

	String readyEvent() {
		return this.readyEvent;
	}

	Duration timeout() {
		return this.timeout;
	}

	Duration drainTime() {
		return this.drainTime;
	}

	Duration quietTime() {
		return this.quietTime;
	}

	@Nullable MethodUnderTest method(MethodRole role) {
		return this.methods.get(role);
	}

	Map<MethodRole, MethodUnderTest> methods() {
		return this.methods;
	}

	List<String> items() {
		return this.items;
	}

	String hostResult() {
		return this.hostResult;
	}

	/**
	 * Collects options.
	 */
	public static final class Builder {

		private final List<String> command;

		private final @Nullable Path socket;

		private String readyEvent = "ready";

		private Duration timeout = Duration.ofSeconds(5);

		private Duration drainTime = Duration.ofSeconds(15);

		private Duration quietTime = Duration.ofMillis(250);

		private final Map<MethodRole, MethodUnderTest> methods = new EnumMap<>(MethodRole.class);

		private final List<String> items = new ArrayList<>();

		private String hostResult = "null";

		private Builder(List<String> command, @Nullable Path socket) {
			this.command = command;
			this.socket = socket;
		}

		/**
		 * Names the event by which the daemon says that it is ready.
		 * @param readyEvent the name; {@code ready} by default
		 * @return this builder
		 */
		public Builder readyEvent(String readyEvent) {
			this.readyEvent = readyEvent;
			return this;
		}

		/**
		 * Limits how long the daemon may take until it is ready, and for each answer.
		 * @param timeout positive; 5 seconds by default
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = positive("timeout", timeout);
			return this;
		}

		/**
		 * Limits how long the daemon may take to exit.
		 * @param drainTime positive; 15 seconds by default
		 * @return this builder
		 */
		public Builder drainTime(Duration drainTime) {
			this.drainTime = positive("drain time", drainTime);
			return this;
		}

		/**
		 * Tells how long nothing may come before it counts as not coming.
		 * @param quietTime positive; 250 milliseconds by default
		 * @return this builder
		 */
		public Builder quietTime(Duration quietTime) {
			this.quietTime = positive("quiet time", quietTime);
			return this;
		}

		/**
		 * Allows to call a method. The checks that need one of its role are tried.
		 * @param role what it does
		 * @param name the method
		 * @param params its parameters, as JSON
		 * @return this builder
		 */
		public Builder method(MethodRole role, String name, String params) {
			this.methods.put(role, new MethodUnderTest(name, json("the parameters of " + name, params)));
			return this;
		}

		/**
		 * Adds an item that the method of the role {@link MethodRole#UPLOAD} takes.
		 * @param item the item, as JSON; by default {@code 1}, {@code 2} and {@code 3}
		 * are uploaded
		 * @return this builder
		 */
		public Builder item(String item) {
			this.items.add(json("an item", item));
			return this;
		}

		/**
		 * Tells what the daemon is answered when it calls its host.
		 * @param result the result, as JSON; {@code null} by default
		 * @return this builder
		 */
		public Builder hostResult(String result) {
			this.hostResult = json("the host's result", result);
			return this;
		}

		/**
		 * Makes the options.
		 * @return the options
		 */
		public ConformanceOptions build() {
			if (this.items.isEmpty()) {
				this.items.addAll(List.of("1", "2", "3"));
			}
			return new ConformanceOptions(this);
		}

		private static Duration positive(String name, Duration duration) {
			if (duration.isNegative() || duration.isZero()) {
				throw new IllegalArgumentException("the " + name + " has to be positive, and is " + duration);
			}
			return duration;
		}

		private static String json(String what, String text) {
			try {
				// on one line, whatever it was written on
				return JsonMapper.shared().writeValueAsString(JsonMapper.shared().readTree(text));
			}
			catch (JacksonException ex) {
				throw new IllegalArgumentException(what + " are not JSON: " + text + " (" + ex.getOriginalMessage()
						+ "); text needs quotes of its own", ex);
			}
		}

	}

}
