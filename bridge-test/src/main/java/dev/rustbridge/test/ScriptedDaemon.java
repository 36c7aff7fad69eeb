package dev.rustbridge.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.rustbridge.transport.MemoryTransport;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A daemon in the JVM of a test: it says what it was told to say, over a link in memory,
 * by the real protocol and through the real bridge. Thread-safe; valid for all
 * generations.
 *
 * <pre class="code">
 * ScriptedDaemon daemon = new ScriptedDaemon();
 * daemon.on("stats").returns(new Stats(7));
 * daemon.on("search").streams(List.of(hit), summary);
 * RustBridge bridge = RustBridge.builder("search").transport(daemon.transport()).build();
 * </pre>
 */
public final class ScriptedDaemon {

	private final JsonMapper mapper;

	private final Map<String, Script> scripts = new ConcurrentHashMap<>();

	private final List<ReceivedCommand> received = new CopyOnWriteArrayList<>();

	private final List<ScriptedConnection> connections = new CopyOnWriteArrayList<>();

	private volatile @Nullable String unavailable;

	/**
	 * Makes a daemon that knows no method, and answers each with an error.
	 */
	public ScriptedDaemon() {
		this(JsonMapper.shared());
	}

	/**
	 * Makes a daemon that knows no method.
	 * @param mapper writes what it says
	 */
	public ScriptedDaemon(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * The way to it, for {@code RustBridge.Builder.transport}.
	 * @return a transport that starts this daemon
	 */
	public Transport transport() {
		return new MemoryTransport((instance) -> {
			String why = this.unavailable;
			if (why != null) {
				throw new IllegalStateException(why);
			}
			return new ScriptedConnection(this);
		});
	}

	/**
	 * Begins to say what a method does. The last word counts.
	 * @param method the method
	 * @return to be told
	 */
	public Answering on(String method) {
		return new Answering(method);
	}

	/**
	 * Sends an event to all that are connected.
	 * @param event its name
	 * @param data its data, {@code null} for none
	 */
	public void emits(String event, @Nullable Object data) {
		String line = (data != null) ? "{\"event\":" + json(event) + ",\"data\":" + json(data) + "}"
				: "{\"event\":" + json(event) + "}";
		this.connections.forEach((connection) -> connection.send(line));
	}

	/**
	 * Ends, as a process that crashes does; it is started again by whoever supervises it.
	 */
	public void dies() {
		this.connections.forEach(ScriptedConnection::end);
	}

	/**
	 * Fails every further start, until it recovers.
	 * @param why told as the reason
	 */
	public void refusesToStart(String why) {
		this.unavailable = why;
	}

	/**
	 * Starts again as before.
	 */
	public void recovers() {
		this.unavailable = null;
	}

	/**
	 * The commands that it has received so far.
	 * @return the commands, oldest first
	 */
	public List<ReceivedCommand> received() {
		return List.copyOf(this.received);
	}

	/**
	 * The commands of one method that it has received so far.
	 * @param method the method
	 * @return the commands, oldest first
	 */
	public List<ReceivedCommand> received(String method) {
		return this.received.stream().filter((command) -> command.method().equals(method)).toList();
	}

	void connected(ScriptedConnection connection) {
		this.connections.add(connection);
	}

	void disconnected(ScriptedConnection connection) {
		this.connections.remove(connection);
	}

	void onCommand(ScriptedConnection connection, String id, ReceivedCommand command) {
		this.received.add(command);
		Script script = this.scripts.get(command.method());
		if (script == null) {
			connection.send(failure(id, "unknown method '" + command.method() + "'", "UNKNOWN_METHOD"));
			return;
		}
		script.play(connection, id, command);
	}

	JsonMapper mapper() {
		return this.mapper;
	}

	private String json(Object value) {
		return this.mapper.writeValueAsString(value);
	}

	private String failure(String id, String error, @Nullable String code) {
		String coded = (code != null) ? ",\"code\":" + json(code) : "";
		return "{\"id\":" + json(id) + ",\"success\":false,\"error\":" + json(error) + coded + "}";
	}

	private String success(String id, @Nullable Object result) {
		String given = (result != null) ? ",\"result\":" + json(result) : "";
		return "{\"id\":" + json(id) + ",\"success\":true" + given + "}";
	}

	/**
	 * A command as it was received.
	 *
	 * @param method the method
	 * @param params its parameters
	 */
	public record ReceivedCommand(String method, JsonNode params) {

	}

	@FunctionalInterface
	private interface Script {

		void play(ScriptedConnection connection, String id, ReceivedCommand command);

	}

	/**
	 * What a method does.
	 */
	public final class Answering {

		private final String method;

		private Answering(String method) {
			this.method = method;
		}

		/**
		 * It answers with a result.
		 * @param result the result, {@code null} for none
		 */
		public void returns(@Nullable Object result) {
			answers((params) -> result);
		}

		/**
		 * It answers with a result that depends on the parameters.
		 * @param answer makes the result; what it throws is answered as an error
		 */
		public void answers(Function<JsonNode, @Nullable Object> answer) {
			script((connection, id, command) -> {
				try {
					connection.send(success(id, answer.apply(command.params())));
				}
				catch (RuntimeException ex) {
					connection.send(failure(id, String.valueOf(ex.getMessage()), "INTERNAL"));
				}
			});
		}

		/**
		 * It streams chunks, then answers.
		 * @param chunks the chunks
		 * @param result the final result, {@code null} for none
		 */
		public void streams(List<?> chunks, @Nullable Object result) {
			script((connection, id, command) -> {
				for (Object chunk : chunks) {
					connection.send("{\"id\":" + json(id) + ",\"stream\":true,\"data\":" + json(chunk) + "}");
				}
				connection.send(success(id, result));
			});
		}

		/**
		 * It says no.
		 * @param error its words
		 * @param code a machine-readable code, {@code null} for none
		 */
		public void fails(String error, @Nullable String code) {
			script((connection, id, command) -> connection.send(failure(id, error, code)));
		}

		/**
		 * It never answers.
		 */
		public void hangs() {
			script((connection, id, command) -> {
				// that is what it does
			});
		}

		/**
		 * It ends instead of an answer, as a process that crashes does.
		 */
		public void dies() {
			script((connection, id, command) -> connection.end());
		}

		private void script(Script script) {
			ScriptedDaemon.this.scripts.put(this.method, script);
		}

	}

}
