package dev.rustbridge.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.MemoryConnection;
import dev.rustbridge.transport.MemoryDaemon;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One connection of a scripted daemon: lines in, lines out. Confined to the loop, but for
 * {@link #execute}.
 */
final class ScriptedConnection implements MemoryDaemon {

	private final ScriptedDaemon daemon;

	private final IoLoop loop;

	private final int instance;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	/** What the host has no room for yet. */
	private final Deque<ByteBuffer> unsent = new ArrayDeque<>();

	private final Map<String, ScriptRun> running = new HashMap<>();

	private final Map<String, Upload> uploads = new HashMap<>();

	private final Map<String, Consumer<HostAnswer>> calls = new HashMap<>();

	private @Nullable MemoryConnection connection;

	private long callCount;

	private boolean ended;

	ScriptedConnection(ScriptedDaemon daemon, IoLoop loop, int instance) {
		this.daemon = daemon;
		this.loop = loop;
		this.instance = instance;
	}

	/** Runs a task on the loop: at once, where that is this thread's. */
	void execute(Runnable task) {
		if (this.loop.inLoop()) {
			task.run();
			return;
		}
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// the bridge has been closed, and nobody hears what would be said
			this.ended = true;
		}
	}

	void schedule(Runnable task, Duration delay) {
		this.loop.schedule(task, delay.toNanos());
	}

	@Override
	public void onConnect(MemoryConnection opened) {
		this.connection = opened;
		send(this.daemon.lines().ready(this.daemon.isClassic()));
		this.daemon.connected(this);
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		for (int i = offset; i < offset + length && !this.ended; i++) {
			if (buffer[i] == '\n') {
				onLine(this.line.toString(StandardCharsets.UTF_8));
				this.line.reset();
			}
			else {
				this.line.write(buffer[i]);
			}
		}
	}

	private void onLine(String text) {
		JsonNode message = this.daemon.mapper().readTree(text);
		String id = message.path("id").asString("");
		if (message.has("method")) {
			onCommand(id, message);
		}
		else if (message.has("success")) {
			Consumer<HostAnswer> waiting = this.calls.remove(id);
			if (waiting != null) {
				waiting.accept(new HostAnswer(message, this.daemon.mapper()));
			}
		}
		else if (message.has("credit")) {
			run(id, (run) -> run.addCredit(message.get("credit").asLong()));
		}
		else if (message.has("cancel")) {
			this.uploads.remove(id);
			run(id, ScriptRun::cancel);
		}
		else if (message.has("stream")) {
			Upload upload = this.uploads.get(id);
			if (upload != null) {
				upload.items().add(message.get("data"));
			}
		}
		else if (message.has("end")) {
			Upload upload = this.uploads.remove(id);
			if (upload != null) {
				begin(id, upload.message(), upload.items());
			}
		}
	}

	private void onCommand(String id, JsonNode message) {
		String method = message.get("method").asString();
		if (method.startsWith("$")) {
			// the runtime's own: $hello, $ping
			send(this.daemon.lines().success(id, null));
		}
		else if (message.path("upload").asBoolean(false)) {
			this.uploads.put(id, new Upload(message, new ArrayList<>()));
			send(this.daemon.lines().takesAllItems(id));
		}
		else {
			begin(id, message, List.of());
		}
	}

	private void begin(String id, JsonNode message, List<JsonNode> items) {
		ReceivedCommand command = new ReceivedCommand(message, items, this.instance, this.daemon.mapper());
		CommandScript script = this.daemon.received(command);
		if (script == null) {
			send(this.daemon.lines()
				.failure(id, "unknown method '" + command.method() + "': the scripted daemon was not told what it does",
						"UNKNOWN_METHOD"));
			return;
		}
		JsonNode credit = message.get("credit");
		ScriptRun run = new ScriptRun(this, this.daemon, id, command, script.steps(),
				(credit != null) ? credit.asLong() : Long.MAX_VALUE);
		this.running.put(id, run);
		run.next();
	}

	void ended(String id) {
		this.running.remove(id);
	}

	void call(String method, @Nullable Object params, Map<String, String> trace, Consumer<HostAnswer> onAnswer) {
		this.callCount++;
		String id = "d_" + this.callCount;
		this.calls.put(id, onAnswer);
		send(this.daemon.lines().call(id, method, params, trace));
	}

	private void run(String id, Consumer<ScriptRun> action) {
		ScriptRun run = this.running.get(id);
		if (run != null) {
			action.accept(run);
		}
	}

	void send(String text) {
		if (!this.ended) {
			this.unsent.add(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
			flush();
		}
	}

	private void flush() {
		MemoryConnection open = this.connection;
		while (open != null && !this.unsent.isEmpty()) {
			ByteBuffer first = this.unsent.element();
			if (open.send(first) >= 0 && first.hasRemaining()) {
				return;
			}
			// taken, or the host has gone
			this.unsent.remove();
		}
	}

	@Override
	public void onWritable() {
		flush();
	}

	/** Ends as a process that crashes does. */
	void end() {
		stop();
		if (this.connection != null) {
			this.connection.close();
		}
	}

	@Override
	public void onInputEnd() {
		end();
	}

	@Override
	public void onClose() {
		stop();
	}

	private void stop() {
		this.ended = true;
		this.daemon.disconnected(this);
		List.copyOf(this.running.values()).forEach(ScriptRun::abandon);
		this.running.clear();
	}

	/**
	 * A command whose items are still coming.
	 *
	 * @param message the command
	 * @param items those that have come
	 */
	private record Upload(JsonNode message, List<JsonNode> items) {

	}

}
