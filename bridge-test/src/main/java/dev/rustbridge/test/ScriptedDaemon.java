package dev.rustbridge.test;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.rustbridge.transport.Transport;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * A daemon in the JVM of a test: it says what it was told to say, over a link in memory,
 * by the real protocol and through the real bridge. Thread-safe; valid for all
 * generations.
 *
 * <pre class="code">
 * ScriptedDaemon daemon = new ScriptedDaemon();
 * daemon.on("stats").returns(new Stats(7));
 * daemon.on("search").streams(first, second).returns(summary);
 * RustBridge bridge = RustBridge.builder("search").transport(daemon.transport()).build();
 * …
 * assertThat(daemon).hasReceived("search", new SearchQuery("fn main"));
 * </pre>
 *
 * In an application {@link RustBridgeTest} puts one behind each declared bridge.
 */
public final class ScriptedDaemon implements AssertProvider<ScriptedDaemonAssert> {

	private final JsonMapper mapper;

	private final DaemonLines lines;

	private final Map<String, CommandScript> scripts = new ConcurrentHashMap<>();

	private final Queue<ReceivedCommand> received = new ConcurrentLinkedQueue<>();

	private final Queue<ReceivedCommand> cancelled = new ConcurrentLinkedQueue<>();

	private final List<ScriptedConnection> connections = new CopyOnWriteArrayList<>();

	private volatile boolean classic;

	private volatile @Nullable String unavailable;

	/** Another one after each recovery. */
	private volatile Object life = new Object();

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
		this.lines = new DaemonLines(mapper);
	}

	/**
	 * The way to it, for {@code RustBridge.Builder.transport}.
	 * @return a transport that starts this daemon
	 */
	public Transport transport() {
		return new ScriptedTransport(this);
	}

	/**
	 * Lets it speak the classic protocol from its next start on: it takes no uploads,
	 * hears of no cancellation, makes no calls.
	 * @return this daemon
	 */
	public ScriptedDaemon classic() {
		this.classic = true;
		return this;
	}

	/**
	 * Begins to say what a method does, from now on.
	 * @param method the method
	 * @return to be told the steps
	 */
	public CommandScript on(String method) {
		CommandScript script = new CommandScript();
		this.scripts.put(method, script);
		return script;
	}

	/**
	 * Sends an event to all that are connected.
	 * @param event its name
	 */
	public void emits(String event) {
		emits(event, null);
	}

	/**
	 * Sends an event to all that are connected.
	 * @param event its name
	 * @param data its data, {@code null} for none
	 */
	public void emits(String event, @Nullable Object data) {
		String line = this.lines.event(event, data, Map.of());
		this.connections.forEach((connection) -> connection.execute(() -> connection.send(line)));
	}

	/**
	 * Calls a method of the application.
	 * @param method the method
	 * @param params its parameters, {@code null} for none
	 * @return the answer, an error as well; calls when it is subscribed to, and fails
	 * when no host is connected
	 */
	public Mono<HostAnswer> calls(String method, @Nullable Object params) {
		return Mono.create((sink) -> {
			if (this.connections.isEmpty()) {
				sink.error(new IllegalStateException("No host is connected: start the bridge first"));
				return;
			}
			ScriptedConnection connection = this.connections.get(0);
			connection.execute(() -> connection.call(method, params, Map.of(), sink::success));
		});
	}

	/**
	 * Ends, as a process that crashes does. It can be started again, and is by whoever
	 * supervises it.
	 */
	public void crashes() {
		this.connections.forEach((connection) -> connection.execute(connection::end));
	}

	/**
	 * Ends, and fails every further start, until it recovers.
	 */
	public void dies() {
		refusesToStart("the scripted daemon is dead");
		crashes();
	}

	/**
	 * Fails every further start, until it recovers.
	 * @param why told as the reason
	 */
	public void refusesToStart(String why) {
		this.unavailable = why;
	}

	/**
	 * Can be started again, which a bridge that waits for it notices within a second or
	 * two.
	 */
	public void recovers() {
		if (this.unavailable != null) {
			this.life = new Object();
			this.unavailable = null;
		}
	}

	/**
	 * Forgets all that it was told, and all that it has received.
	 */
	public void reset() {
		recovers();
		this.scripts.clear();
		forgetReceived();
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

	/**
	 * The commands that the host has cancelled so far, before they were answered.
	 * @return the commands, oldest cancellation first
	 */
	public List<ReceivedCommand> cancelled() {
		return List.copyOf(this.cancelled);
	}

	@Override
	public ScriptedDaemonAssert assertThat() {
		return new ScriptedDaemonAssert(this);
	}

	void forgetReceived() {
		this.received.clear();
		this.cancelled.clear();
	}

	void connected(ScriptedConnection connection) {
		this.connections.add(connection);
	}

	void disconnected(ScriptedConnection connection) {
		this.connections.remove(connection);
	}

	@Nullable CommandScript received(ReceivedCommand command) {
		this.received.add(command);
		return this.scripts.get(command.method());
	}

	void cancelled(ReceivedCommand command) {
		this.cancelled.add(command);
	}

	boolean isClassic() {
		return this.classic;
	}

	@Nullable String unavailable() {
		return this.unavailable;
	}

	@Nullable Object life() {
		return (this.unavailable == null) ? this.life : null;
	}

	JsonMapper mapper() {
		return this.mapper;
	}

	DaemonLines lines() {
		return this.lines;
	}

}
