package dev.rustbridge.model;

import dev.rustbridge.model.HostCall.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What engine and daemon write to each other: the daemon reads the lines of the engine as
 * the model of a daemon does, and what it writes is an input of the model of a host.
 */
final class SimulatedWire {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** The time that the daemons' own calls have. */
	private static final long ASK_NANOS = 50_000_000;

	private final SimulatedWorld world;

	private final SimulatedCalls calls;

	private final Oracle oracle;

	SimulatedWire(SimulatedWorld world, Oracle oracle) {
		this.world = world;
		this.calls = world.calls();
		this.oracle = oracle;
	}

	/** Lets the engine do all that follows from a step, and checks what it did. */
	void settle() {
		this.world.bridge().run();
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon != null) {
			if (daemon.link().hasResumed()) {
				// nothing could come meanwhile; it paused for a call, so all that are
				// open are its
				this.calls.all()
					.stream()
					.filter((call) -> call.daemon() == daemon || !call.isSeen())
					.forEach((call) -> call.touch(this.world.now()));
			}
			daemon.link().lines().forEach((line) -> read(daemon, MAPPER.readTree(line)));
		}
		this.oracle.check();
	}

	// What the engine writes

	private void read(SimulatedDaemon daemon, JsonNode line) {
		String id = line.get("id").stringValue();
		String method = line.path("method").asString("");
		if (method.equals("$hello")) {
			Oracle.require(!daemon.inForce().isEmpty(), "a classic daemon is not greeted");
			daemon.hello(id);
			daemon.queue("{\"id\":\"" + id + "\",\"success\":true}", () -> {
			});
			return;
		}
		if (daemon.isHello(id)) {
			// it took longer than its host likes
			return;
		}
		if (method.equals("work")) {
			begin(daemon, id, line);
			return;
		}
		if (line.has("credit")) {
			grant(daemon, id, line.get("credit").longValue());
			return;
		}
		this.world.note("    written " + line.toString().replace(id, this.calls.nameOf(id)));
		JsonNode predicted = daemon.nextExpected(id);
		Oracle.require(predicted != null && new Pattern().matches(named(predicted, id), line),
				"written is " + line + ", not " + predicted);
		react(daemon, id, line);
	}

	/** The model names calls by their numbers. */
	private JsonNode named(JsonNode predicted, String id) {
		String name = this.calls.nameOf(id);
		return MAPPER.readTree(predicted.toString().replace("\"id\":\"" + name + "\"", "\"id\":\"" + id + "\""));
	}

	private void begin(SimulatedDaemon daemon, String id, JsonNode line) {
		SimulatedCall call = this.calls.get(line.get("params").get("n").intValue());
		this.world.note("    written command of " + call.id());
		Oracle.require(!call.isSeen(), call + " is sent once");
		Oracle.require(!call.wasSentBefore() || call.isIdempotent(), call + " is not sent again");
		HostCall model = call.seen(daemon, id);
		this.calls.seen(call, id);
		Effects effects = new Effects();
		model.on(Input.of(HostInput.CALL), effects);
		model.on(Input.of(HostInput.WRITTEN), effects);
		JsonNode command = MAPPER.readTree(effects.written().get(0).replace("\"params\":{}", "\"params\":\"*\""));
		Oracle.require(new Pattern().matches(named(command, id), line), "the command of " + call + " is " + line);
		if (line.has("credit")) {
			model.granted(line.get("credit").longValue());
		}
		else if (call.kind().isStream()) {
			model.granted(HostCall.UNLIMITED);
		}
		this.oracle.checkCredit(call);
		DaemonCall received = new DaemonCall(id, new DaemonCall.Command(DaemonCall.Command.WORK,
				line.path("credit").asLong(-1), line.has("upload"), line.path("deadlineMs").asLong(-1)),
				daemon.inForce());
		received.on(Input.of(DaemonInput.COMMAND), new Effects());
		daemon.calls().put(id, received);
		if (call.hasEnded()) {
			this.oracle.abandon(call);
		}
	}

	private void grant(SimulatedDaemon daemon, String id, long amount) {
		SimulatedCall call = this.calls.onWire(id);
		this.world.note("    written credit " + amount + " for " + call.id());
		Oracle.require(daemon.has(Capability.CREDIT) && call.kind().isStream() && amount > 0, "credit is of use");
		HostCall model = call.model();
		if (model.state() == HostState.STREAMING) {
			model.granted((amount == (1L << 53) - 1) ? HostCall.UNLIMITED : amount);
			this.oracle.checkCredit(call);
		}
		DaemonCall received = daemon.calls().get(id);
		if (received != null && received.allows(DaemonInput.CREDIT)) {
			act(daemon, received, Input.of(DaemonInput.CREDIT, amount));
		}
	}

	private void react(SimulatedDaemon daemon, String id, JsonNode line) {
		DaemonCall asker = daemon.askerOf(id);
		if (asker != null) {
			if (asker.state() == DaemonState.CALLING && asker.asked().equals(id)) {
				boolean success = line.get("success").booleanValue();
				act(daemon, asker, success ? Input.of(DaemonInput.ANSWER, "5")
						: Input.of(DaemonInput.REFUSAL, line.get("code").stringValue()));
			}
			return;
		}
		DaemonCall received = daemon.calls().get(id);
		if (received == null) {
			throw new AssertionError("A line about a call that was never made: " + line);
		}
		if (line.has("cancel")) {
			act(daemon, received, Input.of(DaemonInput.CANCEL));
		}
		else if (line.has("end")) {
			act(daemon, received, Input.of(DaemonInput.END, line.path("error").asString(null)));
		}
		else {
			Oracle.require(received.state() == DaemonState.ABSENT || received.granted() > 0, "items have credit");
			act(daemon, received, Input.of(DaemonInput.ITEM, line.get("data").toString()));
		}
	}

	// What the daemon writes

	/** Something happens at the daemon, to which it may write lines. */
	void act(SimulatedDaemon daemon, DaemonCall call, Input<DaemonInput> input) {
		if (!call.allows(input.kind())) {
			return;
		}
		Effects effects = new Effects();
		call.on(input, effects);
		this.world.note("daemon: " + input.kind() + " for " + this.calls.nameOf(call.id()) + ", "
				+ effects.written().size() + " lines");
		effects.written().forEach((line) -> write(daemon, call, MAPPER.readTree(line)));
	}

	/** What the daemon writes, and what the model says to it once it has arrived. */
	private void write(SimulatedDaemon daemon, DaemonCall by, JsonNode line) {
		String id = line.get("id").stringValue();
		String text = line.toString();
		if (line.has("method")) {
			daemon.ask(id, by, Long.MAX_VALUE);
			daemon.asked().put(id, new Answering(id));
			daemon.queue(text.replace("\"params\":\"*\"", "\"params\":{\"who\":\"" + id + "\"}")
				.replace("\"deadlineMs\":\"*\"", "\"deadlineMs\":50"), () -> {
					if (line.has("deadlineMs")) {
						daemon.askedAt(id, this.world.now() + ASK_NANOS);
					}
					arrive(daemon, id, Answering.Event.CALL);
				});
			return;
		}
		if (line.has("cancel")) {
			daemon.queue(text, () -> arrive(daemon, id, Answering.Event.CANCEL));
			return;
		}
		SimulatedCall call = this.calls.onWire(id);
		if (line.has("success")) {
			boolean success = line.get("success").booleanValue();
			String value = success ? line.get("result").toString() : line.path("code").asString(null);
			daemon.queue(text, () -> arrive(call, Input.of(success ? HostInput.RESULT : HostInput.ERROR, value)));
		}
		else if (line.has("credit")) {
			daemon.queue(text.replace("\"*\"", "8"), () -> arrive(call, Input.of(HostInput.CREDIT, 8)));
		}
		else if (call.kind() == Kind.RAW && daemon.has(Capability.BYTES)) {
			daemon.queueRaw(id, "abc", () -> arrive(call, Input.of(HostInput.RAW_CHUNK, "\"abc\"")));
		}
		else {
			String value = (call.kind() == Kind.RAW) ? "\"abc\"" : line.get("data").toString();
			daemon.queue(text, () -> arrive(call, Input.of(HostInput.CHUNK, value)));
		}
	}

	private void arrive(SimulatedDaemon daemon, String id, Answering.Event event) {
		Answering asked = daemon.asked().get(id);
		if (asked != null) {
			this.oracle.apply(asked, Input.of(event));
		}
	}

	/** A line about a call is at the engine. */
	void arrive(SimulatedCall call, Input<HostInput> input) {
		if (!call.isSeen()) {
			throw new AssertionError(call.id() + " is answered before it was sent");
		}
		boolean chunk = input.kind() == HostInput.CHUNK || input.kind() == HostInput.RAW_CHUNK;
		boolean streams = call.model().state() == HostState.STREAMING;
		if ((chunk && streams) || (input.kind() == HostInput.CREDIT && call.kind() == Kind.UPLOAD)) {
			call.progress(this.world.now());
		}
		this.oracle.apply(call, input);
	}

}
