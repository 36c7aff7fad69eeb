package dev.rustbridge.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeState;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.VirtualBridge;
import dev.rustbridge.model.HostCall.Kind;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The engine on virtual time against daemons that are the model, as a seed has it: after
 * each step it must have told and written what the model says, and nothing else.
 */
final class Simulation implements Transport, BridgeListener {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** What the host may let come beyond what its caller wants. */
	private static final long PREFETCH = 32;

	/** The time that the daemons' own calls have. */
	private static final long ASK_NANOS = 50_000_000;

	private static final int MOST_CALLS = 12;

	/**
	 * By whether calls wait while unavailable, and whether there is next to no buffer.
	 */
	private static final List<BridgeOptions> OPTIONS = List.of(options(WhileUnavailable.FAIL, 4),
			options(WhileUnavailable.FAIL, 24), options(WhileUnavailable.WAIT, 4), options(WhileUnavailable.WAIT, 24));

	private final Random random;

	private final int steps;

	private final boolean waits;

	private final Set<Capability> inForce;

	private final VirtualBridge bridge;

	private final Signals signals = new Signals();

	private final List<SimulatedCall> calls = new ArrayList<>();

	/** The numbers of calls by their ids on the wire. */
	private final Map<String, Integer> wireIds = new LinkedHashMap<>();

	private final Map<String, Sinks.One<JsonNode>> handlers = new LinkedHashMap<>();

	private final Effects expected = new Effects();

	private final List<Verdict> expectedViolations = new ArrayList<>();

	private final List<Verdict> violations = new ArrayList<>();

	private final List<String> trace = new ArrayList<>();

	private @Nullable SimulatedDaemon daemon;

	private int daemons;

	private int asks;

	private int started;

	private int ended;

	/** Everything that is to be written is written at once. */
	private boolean roomy = true;

	/** A daemon has died in this step. */
	private boolean death;

	Simulation(long seed, int steps) {
		this.random = new Random(seed);
		this.steps = steps;
		this.inForce = capabilities();
		BridgeOptions options = OPTIONS.get(this.random.nextInt(OPTIONS.size()));
		this.waits = options.whileUnavailable() == WhileUnavailable.WAIT;
		this.bridge = new VirtualBridge(options, this, Map.of("authorize", (call) -> asked(call.json())), this,
				(event) -> {
				});
	}

	private static BridgeOptions options(WhileUnavailable whileUnavailable, long streamBuffer) {
		return VirtualBridge.options(RustBridge.builder("simulated")
			.binaryName("none")
			.startup(Startup.BACKGROUND)
			.whileUnavailable(whileUnavailable)
			.heartbeatInterval(Duration.ZERO)
			.maxMessageSize(1 << 20)
			.streamBuffer(streamBuffer)
			.streamStallTimeout(Duration.ofDays(1))
			.reconnectInitialDelay(Duration.ofMillis(2))
			.reconnectMaxDelay(Duration.ofMillis(20))
			.reconnectJitter(0));
	}

	private Set<Capability> capabilities() {
		return switch (this.random.nextInt(4)) {
			case 0 -> Capability.none();
			case 1 -> Capability.all();
			default -> {
				Set<Capability> some = EnumSet.noneOf(Capability.class);
				for (Capability capability : Capability.values()) {
					if (this.random.nextInt(4) > 0) {
						some.add(capability);
					}
				}
				yield some;
			}
		};
	}

	/** Everything that was done, in order. */
	List<String> trace() {
		return this.trace;
	}

	void run() {
		note("agreed: " + this.inForce + ", " + (this.waits ? "calls wait" : "calls fail") + " while unavailable");
		this.bridge.start();
		for (int i = 0; i < this.steps; i++) {
			step();
		}
		finish();
	}

	private void step() {
		this.death = false;
		boolean done = false;
		while (!done) {
			int die = this.random.nextInt(1000);
			done = tryOne(die);
		}
		settle();
	}

	private boolean tryOne(int die) {
		if (die < 110) {
			return call();
		}
		if (die < 190) {
			return request();
		}
		if (die < 210) {
			return cancel();
		}
		if (die < 290) {
			return upload();
		}
		if (die < 560) {
			return act();
		}
		if (die < 840) {
			return deliver(1 + this.random.nextInt(this.random.nextBoolean() ? 10 : 300));
		}
		if (die < 880) {
			return room();
		}
		if (die < 930) {
			return answer();
		}
		if (die < 975) {
			return pass(1 + this.random.nextInt(20));
		}
		if (die < 982) {
			return die();
		}
		return rogue();
	}

	// What callers do

	private boolean call() {
		if (open().size() >= MOST_CALLS) {
			return false;
		}
		Kind kind = Kind.values()[this.random.nextInt(Kind.values().length)];
		boolean refills = kind.isStream() && this.random.nextInt(3) == 0;
		long demand = kind.isStream() ? (refills ? 1 : 0) + this.random.nextInt(4) : 1;
		if (kind.isStream() && this.random.nextInt(6) == 0) {
			demand = HostCall.UNLIMITED;
		}
		SimulatedCall call = new SimulatedCall(this.calls.size(), kind, this.signals,
				Duration.ofMillis(20 + this.random.nextInt(200)), this.random.nextInt(3) == 0, refills, demand,
				this.bridge.now());
		this.calls.add(call);
		note("call " + call + ", demand " + demand);
		CommandSpec command = this.bridge.command("work").params(Map.of("n", call.number())).timeout(call.timeout());
		if (call.isIdempotent()) {
			command = command.idempotent();
		}
		switch (kind) {
			case MONO -> command.retrieveMono(JsonNode.class).subscribe(call.caller());
			case STREAM -> command.retrieveFlux(JsonNode.class).subscribe(call.caller());
			case RAW -> command.retrieveFlux(byte[].class).subscribe(call.caller());
			case UPLOAD -> command.upload(call.source()).retrieveMono(JsonNode.class).subscribe(call.caller());
		}
		return true;
	}

	private boolean request() {
		SimulatedCall call = any(open().stream().filter((open) -> open.kind().isStream()).toList());
		if (call == null) {
			return false;
		}
		long amount = 1 + this.random.nextInt(5);
		note("request " + amount + " of " + call.id());
		call.request(amount, this.bridge.now());
		if (call.isSeen()) {
			for (long i = 0; i < amount; i++) {
				apply(call, Input.of(HostInput.REQUEST, 1));
			}
		}
		return true;
	}

	private boolean cancel() {
		SimulatedCall call = any(open());
		if (call == null) {
			return false;
		}
		note("cancel " + call.id());
		call.cancel();
		apply(call, Input.of(HostInput.CANCEL));
		return true;
	}

	private boolean upload() {
		SimulatedCall call = any(open().stream()
			.filter((open) -> open.isSeen() && open.model().state() == HostState.UPLOADING)
			.toList());
		if (call == null) {
			return false;
		}
		switch (this.random.nextInt(8)) {
			case 0 -> {
				note("source of " + call.id() + " completes");
				apply(call, Input.of(HostInput.COMPLETE));
				call.source().complete();
			}
			case 1 -> {
				note("source of " + call.id() + " fails");
				apply(call, Input.of(HostInput.FAILURE));
				call.source().fail();
			}
			default -> {
				if (call.model().uploadCredit() == 0) {
					return false;
				}
				int item = this.random.nextInt(100);
				note("source of " + call.id() + " publishes " + item);
				apply(call, Input.of(HostInput.ITEM, String.valueOf(item)));
				call.source().publish(MAPPER.valueToTree(item));
			}
		}
		return true;
	}

	private boolean answer() {
		List<String> open = List.copyOf(this.handlers.keySet());
		if (open.isEmpty() || this.daemon == null) {
			return false;
		}
		String id = open.get(this.random.nextInt(open.size()));
		Sinks.One<JsonNode> handler = this.handlers.remove(id);
		Answering asked = this.daemon.asked().get(id);
		if (handler == null || asked == null || asked.state() != Answering.State.OPEN) {
			return false;
		}
		if (this.random.nextInt(3) > 0) {
			note("handler of " + id + " replies");
			apply(asked, Input.of(Answering.Event.REPLY, "5"));
			handler.tryEmitValue(MAPPER.valueToTree(5));
		}
		else {
			note("handler of " + id + " fails");
			apply(asked, Input.of(Answering.Event.REFUSE, "PERMISSION_DENIED"));
			handler
				.tryEmitError(new CommandFailedException(Origin.bridge("simulated"), "no", "PERMISSION_DENIED", null));
		}
		return true;
	}

	private Mono<JsonNode> asked(String json) {
		String id = MAPPER.readTree(json).get("who").stringValue();
		Sinks.One<JsonNode> handler = Sinks.one();
		this.handlers.put(id, handler);
		this.signals.tell(id, "asked");
		return handler.asMono().doOnCancel(() -> this.signals.tell(id, "disposed"));
	}

	// What time, the link and the daemon do

	private boolean pass(long millis) {
		note("pass " + millis + " ms");
		this.bridge.pass(millis * 1_000_000);
		long now = this.bridge.now();
		for (SimulatedCall call : this.calls) {
			boolean held = this.daemon != null && this.daemon.link().isPaused();
			if (call.isSeen() && call.model().state().isPending() && call.isOver(now)
					&& !(held && call.kind().isStream())) {
				apply(call, Input.of(HostInput.EXPIRE));
			}
		}
		SimulatedDaemon current = this.daemon;
		if (current != null) {
			current.asked().forEach((id, asked) -> {
				if (asked.state() == Answering.State.OPEN && current.isOver(id, now)) {
					apply(asked, Input.of(Answering.Event.EXPIRE));
				}
			});
		}
		return true;
	}

	private boolean room() {
		SimulatedDaemon current = this.daemon;
		if (current == null) {
			return false;
		}
		int bytes = this.random.nextBoolean() ? Integer.MAX_VALUE : this.random.nextInt(200);
		note("room for " + bytes);
		this.roomy = bytes == Integer.MAX_VALUE;
		this.bridge.run(() -> current.link().room(bytes));
		return true;
	}

	private boolean deliver(int most) {
		SimulatedDaemon current = this.daemon;
		if (current == null || !current.hasOutgoing() || current.link().isPaused()) {
			return false;
		}
		List<Runnable> arrivals = new ArrayList<>();
		byte[] bytes = current.take(most, arrivals);
		note("deliver " + bytes.length + " bytes, " + arrivals.size() + " lines");
		this.bridge.run(() -> current.link().deliver(bytes));
		arrivals.forEach(Runnable::run);
		return true;
	}

	private boolean die() {
		SimulatedDaemon current = this.daemon;
		if (current == null) {
			return false;
		}
		if (!current.link().isPaused() && this.random.nextBoolean()) {
			deliver(this.random.nextInt(500));
			settle();
		}
		note("daemon " + current.number() + " dies");
		this.death = true;
		this.daemon = null;
		this.bridge.run(() -> current.link().end());
		for (SimulatedCall call : this.calls) {
			if (call.daemon() != current) {
				continue;
			}
			if (call.model().state().isPending() && call.mayBeSentAgain()) {
				if (call.model().state() == HostState.UPLOADING) {
					this.expected.tell(call.id(), "source cancelled");
				}
				call.unsee();
			}
			else {
				apply(call, Input.of(HostInput.LOSS));
			}
		}
		current.asked().values().forEach((asked) -> apply(asked, Input.of(Answering.Event.LOSS)));
		this.handlers.clear();
		current.die();
		return true;
	}

	/** The handlers of the daemon do something. */
	private boolean act() {
		SimulatedDaemon current = this.daemon;
		if (current == null) {
			return false;
		}
		DaemonCall call = any(
				current.calls().values().stream().filter((live) -> live.state() == DaemonState.RUNNING).toList());
		if (call == null) {
			return false;
		}
		Kind kind = kindOf(call);
		int die = this.random.nextInt(30);
		if (die < 20 && kind.isStream()) {
			int chunk = this.random.nextInt(100);
			act(current, call, Input.of(DaemonInput.CHUNK, (kind == Kind.RAW) ? "\"YWJj\"" : String.valueOf(chunk)));
		}
		else if (die < 24 && kind == Kind.UPLOAD) {
			act(current, call, Input.of(DaemonInput.TAKE));
		}
		else if (die < 25 && call.allows(DaemonInput.ASK) && current.has(Capability.CALLS)) {
			this.asks++;
			act(current, call, Input.of(DaemonInput.ASK, "d_" + this.asks));
		}
		else if (die < 28) {
			act(current, call, Input.of(DaemonInput.RETURN, "{\"n\":7}"));
		}
		else {
			act(current, call, Input.of(DaemonInput.FAIL, "NOT_FOUND"));
		}
		return true;
	}

	private void act(SimulatedDaemon current, DaemonCall call, Input<DaemonInput> input) {
		if (!call.allows(input.kind())) {
			return;
		}
		Effects effects = new Effects();
		call.on(input, effects);
		note("daemon: " + input.kind() + " for " + nameOf(call.id()) + ", " + effects.written().size() + " lines");
		effects.written().forEach((line) -> write(current, call, MAPPER.readTree(line)));
	}

	/** What a daemon may do by mistake. */
	private boolean rogue() {
		SimulatedDaemon current = this.daemon;
		SimulatedCall call = any(
				this.calls.stream().filter((seen) -> seen.isSeen() && seen.daemon() == current).toList());
		if (current == null || call == null || current.has(Capability.BYTES)) {
			return false;
		}
		String id = "{\"id\":\"" + call.wireId() + "\",";
		switch (this.random.nextInt(5)) {
			case 0 -> {
				note("daemon: answers " + call.id() + " unasked");
				current.queue(id + "\"success\":true,\"result\":1}",
						() -> arrive(call, Input.of(HostInput.RESULT, "1")));
			}
			case 1 -> {
				boolean counted = call.model().state() == HostState.STREAMING && current.has(Capability.CREDIT);
				if (counted && !isOverdrawn(current, call)) {
					return false;
				}
				note("daemon: sends a chunk of " + call.id() + " unasked");
				current.queue(id + "\"stream\":true,\"data\":\"YWJj\"}", () -> arrive(call,
						Input.of(HostInput.CHUNK, (call.kind() == Kind.RAW) ? "\"abc\"" : "\"YWJj\"")));
				if (counted) {
					// before its host lets more come
					deliver(Integer.MAX_VALUE);
				}
			}
			case 2 -> {
				note("daemon: breaks the protocol in " + call.id());
				current.queue(id + "\"answer\":42}",
						() -> arrive(call, Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE)));
			}
			case 3 -> {
				note("daemon: makes noise");
				current.queue("starting up ...", () -> this.expectedViolations.add(Verdict.NOISE));
			}
			default -> {
				note("daemon: has an event");
				current.queue("{\"event\":\"e\"}", () -> {
				});
			}
		}
		return true;
	}

	/** Whether host and daemon agree that no chunk may come, with nothing on its way. */
	private boolean isOverdrawn(SimulatedDaemon current, SimulatedCall call) {
		return this.roomy && !current.hasOutgoing() && !current.link().isPaused() && call.model().credit() == 0;
	}

	/** What the daemon writes, and what the model says to it once it has arrived. */
	private void write(SimulatedDaemon current, DaemonCall by, JsonNode line) {
		String id = line.get("id").stringValue();
		String text = line.toString();
		if (line.has("method")) {
			current.ask(id, by, Long.MAX_VALUE);
			current.asked().put(id, new Answering(id));
			current.queue(text.replace("\"params\":\"*\"", "\"params\":{\"who\":\"" + id + "\"}")
				.replace("\"deadlineMs\":\"*\"", "\"deadlineMs\":50"), () -> {
					if (line.has("deadlineMs")) {
						current.askedAt(id, this.bridge.now() + ASK_NANOS);
					}
					arrive(current, id, Answering.Event.CALL);
				});
			return;
		}
		if (line.has("cancel")) {
			current.queue(text, () -> arrive(current, id, Answering.Event.CANCEL));
			return;
		}
		SimulatedCall call = this.calls.get(numberOf(id));
		if (line.has("success")) {
			boolean success = line.get("success").booleanValue();
			String value = success ? line.get("result").toString() : line.path("code").asString(null);
			current.queue(text, () -> arrive(call, Input.of(success ? HostInput.RESULT : HostInput.ERROR, value)));
		}
		else if (line.has("credit")) {
			current.queue(text.replace("\"*\"", "8"), () -> arrive(call, Input.of(HostInput.CREDIT, 8)));
		}
		else if (call.kind() == Kind.RAW && current.has(Capability.BYTES)) {
			current.queueRaw(id, "abc", () -> arrive(call, Input.of(HostInput.RAW_CHUNK, "\"abc\"")));
		}
		else {
			String value = (call.kind() == Kind.RAW) ? "\"abc\"" : line.get("data").toString();
			current.queue(text, () -> arrive(call, Input.of(HostInput.CHUNK, value)));
		}
	}

	private void arrive(SimulatedDaemon current, String id, Answering.Event event) {
		Answering asked = current.asked().get(id);
		if (asked != null) {
			apply(asked, Input.of(event));
		}
	}

	private void arrive(SimulatedCall call, Input<HostInput> input) {
		if (!call.isSeen()) {
			throw new AssertionError(call.id() + " is answered before it was sent");
		}
		boolean chunk = input.kind() == HostInput.CHUNK || input.kind() == HostInput.RAW_CHUNK;
		boolean streams = call.model().state() == HostState.STREAMING;
		if ((chunk && streams) || (input.kind() == HostInput.CREDIT && call.kind() == Kind.UPLOAD)) {
			call.progress(this.bridge.now());
		}
		apply(call, input);
	}

	// What the model says

	private void apply(SimulatedCall call, Input<HostInput> input) {
		if (!call.isSeen()) {
			return;
		}
		HostCall model = call.model();
		if (!model.allows(input.kind())) {
			if (input.kind().isLine()) {
				throw new AssertionError("The model says nothing to " + input + " for " + model);
			}
			return;
		}
		Effects effects = new Effects();
		model.on(input, effects);
		if (effects.verdict() != Verdict.ACCEPTED) {
			this.expectedViolations.add(effects.verdict());
		}
		SimulatedDaemon current = call.daemon();
		if (current != null && !current.isDead() && input.kind() != HostInput.LOSS) {
			current.expect(call.wireId(), effects.written());
		}
		for (String told : effects.told()) {
			this.expected.told().add(told);
			if (call.refills() && told.startsWith(call.id() + " chunk")) {
				apply(call, Input.of(HostInput.REQUEST, 1));
			}
		}
	}

	private void apply(Answering asked, Input<Answering.Event> input) {
		if (!asked.allows(input.kind())) {
			return;
		}
		Effects effects = new Effects();
		asked.on(input, effects);
		this.expected.told().addAll(effects.told());
		SimulatedDaemon current = this.daemon;
		if (current != null) {
			current.expect(asked.id(), effects.written());
		}
	}

	// What the engine did

	private void settle() {
		this.bridge.run();
		if (this.daemon != null) {
			SimulatedDaemon current = this.daemon;
			if (current.link().hasResumed()) {
				// nothing could come meanwhile; it paused for a call, so all that are
				// open are its
				this.calls.stream()
					.filter((call) -> call.daemon() == current || !call.isSeen())
					.forEach((call) -> call.touch(this.bridge.now()));
			}
			current.link().lines().forEach((line) -> read(current, MAPPER.readTree(line)));
		}
		checkTold();
		require(this.violations.equals(this.expectedViolations),
				"violations are " + this.violations + ", not " + this.expectedViolations);
		this.violations.clear();
		this.expectedViolations.clear();
		require(this.started - this.ended >= 0, "no call ends that has not begun");
		if (this.roomy) {
			this.calls.forEach(this::checkStall);
		}
	}

	private void checkTold() {
		List<String> told = new ArrayList<>(this.signals.take());
		told.forEach((signal) -> note("    told " + signal));
		Map<String, List<String>> actually = byWhom(told);
		Map<String, List<String>> predictedly = byWhom(this.expected.told());
		Set<String> whom = new LinkedHashSet<>(actually.keySet());
		whom.addAll(predictedly.keySet());
		for (String id : whom) {
			check(id, actually.getOrDefault(id, List.of()), predictedly.getOrDefault(id, List.of()));
		}
		for (SimulatedCall call : this.calls) {
			boolean late = !call.isSeen() && !call.hasEnded() && !call.kind().isStream()
					&& call.isOver(this.bridge.now());
			require(!late, call + " was not told that its time is over");
		}
		this.expected.told().clear();
	}

	private void check(String id, List<String> actual, List<String> predicted) {
		if (actual.equals(predicted)) {
			return;
		}
		require(id.startsWith("c"), id + " was told " + actual + ", not " + predicted);
		SimulatedCall call = this.calls.get(Integer.parseInt(id.substring(1)));
		List<String> extra = new ArrayList<>(actual);
		predicted.forEach(extra::remove);
		require(!call.isSeen() && extra.stream().allMatch((signal) -> mayBeTold(call, signal)), call + " was told "
				+ actual + ", not " + predicted + "; " + (call.isSeen() ? call.model() : "not seen on the wire"));
	}

	/** Only its host knows how far a call is that was not seen on the wire. */
	private boolean mayBeTold(SimulatedCall call, String signal) {
		String what = signal.substring(signal.indexOf(' ') + 1);
		return switch (what) {
			case "error TIMEOUT" -> call.isOver(this.bridge.now());
			case "error UNAVAILABLE" -> !this.waits && (this.death || this.bridge.state() != BridgeState.READY);
			case "error LOST" -> this.death || call.wasSentBefore();
			case "source cancelled" -> call.kind() == Kind.UPLOAD;
			case "error PROTOCOL" -> call.kind() == Kind.UPLOAD && !this.inForce.contains(Capability.UPLOAD);
			default -> false;
		};
	}

	private static Map<String, List<String>> byWhom(List<String> told) {
		return told.stream().collect(Collectors.groupingBy((signal) -> signal.substring(0, signal.indexOf(' '))));
	}

	/** A daemon reads a line of the engine. */
	private void read(SimulatedDaemon current, JsonNode line) {
		String id = line.get("id").stringValue();
		String method = line.path("method").asString("");
		if (method.equals("$hello")) {
			require(!current.inForce().isEmpty(), "a classic daemon is not greeted");
			current.hello(id);
			current.queue("{\"id\":\"" + id + "\",\"success\":true}", () -> {
			});
			return;
		}
		if (current.isHello(id)) {
			// it took longer than its host likes
			return;
		}
		if (method.equals("work")) {
			begin(current, id, line);
			return;
		}
		if (line.has("credit")) {
			grant(current, id, line.get("credit").longValue());
			return;
		}
		note("    written " + line.toString().replace(id, nameOf(id)));
		JsonNode predicted = current.nextExpected(id);
		require(predicted != null && new Pattern().matches(named(predicted, id), line),
				"written is " + line + ", not " + predicted);
		react(current, id, line);
	}

	/** The model names calls by their numbers. */
	private JsonNode named(JsonNode predicted, String id) {
		return MAPPER.readTree(predicted.toString().replace("\"id\":\"" + nameOf(id) + "\"", "\"id\":\"" + id + "\""));
	}

	private void begin(SimulatedDaemon current, String id, JsonNode line) {
		SimulatedCall call = this.calls.get(line.get("params").get("n").intValue());
		note("    written command of " + call.id());
		require(!call.isSeen(), call + " is sent once");
		require(!call.wasSentBefore() || call.isIdempotent(), call + " is not sent again");
		HostCall model = call.seen(current, id);
		this.wireIds.put(id, call.number());
		Effects effects = new Effects();
		model.on(Input.of(HostInput.CALL), effects);
		model.on(Input.of(HostInput.WRITTEN), effects);
		JsonNode command = MAPPER.readTree(effects.written().get(0).replace("\"params\":{}", "\"params\":\"*\""));
		require(new Pattern().matches(named(command, id), line), "the command of " + call + " is " + line);
		if (line.has("credit")) {
			model.granted(line.get("credit").longValue());
		}
		else if (call.kind().isStream()) {
			model.granted(HostCall.UNLIMITED);
		}
		checkCredit(call);
		DaemonCall received = new DaemonCall(id, new DaemonCall.Command(DaemonCall.Command.WORK,
				line.path("credit").asLong(-1), line.has("upload"), line.path("deadlineMs").asLong(-1)), this.inForce);
		received.on(Input.of(DaemonInput.COMMAND), new Effects());
		current.calls().put(id, received);
		if (call.hasEnded()) {
			// it was given up on its way, and its source was told then
			apply(call, Input.of(HostInput.CANCEL));
			this.expected.told().remove(call.id() + " source cancelled");
		}
	}

	private void grant(SimulatedDaemon current, String id, long amount) {
		SimulatedCall call = this.calls.get(numberOf(id));
		note("    written credit " + amount + " for " + call.id());
		require(current.has(Capability.CREDIT) && call.kind().isStream() && amount > 0, "credit is of use");
		HostCall model = call.model();
		if (model.state() == HostState.STREAMING) {
			model.granted((amount == (1L << 53) - 1) ? HostCall.UNLIMITED : amount);
			checkCredit(call);
		}
		DaemonCall received = current.calls().get(id);
		if (received != null && received.allows(DaemonInput.CREDIT)) {
			act(current, received, Input.of(DaemonInput.CREDIT, amount));
		}
	}

	private void checkCredit(SimulatedCall call) {
		HostCall model = call.model();
		boolean limited = model.demand() != HostCall.UNLIMITED && call.kind().isStream()
				&& this.inForce.contains(Capability.CREDIT);
		require(!limited || model.credit() + model.held() <= model.demand() + PREFETCH,
				"more credit than " + call + " has demand: " + model);
	}

	/** Who wants chunks has let some come, or the stream would never go on. */
	private void checkStall(SimulatedCall call) {
		if (call.isSeen() && call.model().state() == HostState.STREAMING) {
			HostCall model = call.model();
			require(model.demand() == 0 || model.credit() > 0, "no credit for " + call + ": " + model);
		}
	}

	private void react(SimulatedDaemon current, String id, JsonNode line) {
		DaemonCall asker = current.askerOf(id);
		if (asker != null) {
			if (asker.state() == DaemonState.CALLING && asker.asked().equals(id)) {
				boolean success = line.get("success").booleanValue();
				act(current, asker, success ? Input.of(DaemonInput.ANSWER, "5")
						: Input.of(DaemonInput.REFUSAL, line.get("code").stringValue()));
			}
			return;
		}
		DaemonCall received = current.calls().get(id);
		if (received == null) {
			throw new AssertionError("A line about a call that was never made: " + line);
		}
		if (line.has("cancel")) {
			act(current, received, Input.of(DaemonInput.CANCEL));
		}
		else if (line.has("end")) {
			act(current, received, Input.of(DaemonInput.END, line.path("error").asString(null)));
		}
		else {
			require(received.state() == DaemonState.ABSENT || received.granted() > 0, "items have credit");
			act(current, received, Input.of(DaemonInput.ITEM, line.get("data").toString()));
		}
	}

	// The end

	private void finish() {
		note("the end begins");
		// what was held up is written in the first round
		for (int round = 0; round < 300 && (round == 0 || !isQuiet()); round++) {
			this.death = false;
			SimulatedDaemon current = this.daemon;
			if (current != null) {
				this.roomy = true;
				this.bridge.run(() -> current.link().room(Integer.MAX_VALUE));
				settle();
			}
			finishCallers();
			while (deliver(1 + this.random.nextInt(400))) {
				settle();
			}
			finishDaemon();
			pass(5);
			settle();
		}
		require(open().isEmpty(), "calls that have not ended: " + open());
		require(this.bridge.unended() == 0, this.bridge.unended() + " calls are pending");
		require(!this.bridge.isBusy(), "calls are abandoned that the daemon has answered");
		require(this.daemon == null || this.daemon.expectsNothing(), "not everything was written");
		require(this.started == this.ended, this.started + " calls have begun, " + this.ended + " ended");
		require(this.handlers.isEmpty(), "handlers are at work");
		SimulatedDaemon last = this.daemon;
		this.bridge.stop();
		this.bridge.pass(1);
		require(this.bridge.state() == BridgeState.STOPPED, "it does not stop");
		require(last == null || last.link().isClosed(), "its link is open");
	}

	private void finishCallers() {
		for (SimulatedCall call : open()) {
			if (call.kind().isStream()) {
				note("request 50 of " + call.id());
				call.request(50, this.bridge.now());
				for (int i = 0; i < 50; i++) {
					apply(call, Input.of(HostInput.REQUEST, 1));
				}
				settle();
			}
		}
		while (answer()) {
			settle();
		}
	}

	private void finishDaemon() {
		SimulatedDaemon current = this.daemon;
		if (current == null) {
			return;
		}
		for (DaemonCall call : List.copyOf(current.calls().values())) {
			if (call.state() == DaemonState.RUNNING) {
				act(current, call, Input.of(DaemonInput.RETURN, "1"));
			}
			else if (call.state() != DaemonState.ABSENT) {
				// its handler gives up what it waits for
				act(current, call, Input.of(DaemonInput.EXPIRE));
			}
		}
	}

	private boolean isQuiet() {
		SimulatedDaemon current = this.daemon;
		boolean silent = current == null || (!current.hasOutgoing()
				&& current.calls().values().stream().allMatch((call) -> call.state() == DaemonState.ABSENT));
		return silent && open().isEmpty() && this.bridge.unended() == 0 && this.handlers.isEmpty();
	}

	// Helpers

	private List<SimulatedCall> open() {
		return this.calls.stream().filter((call) -> !call.hasEnded()).toList();
	}

	private <T> @Nullable T any(List<T> choice) {
		return choice.isEmpty() ? null : choice.get(this.random.nextInt(choice.size()));
	}

	private int numberOf(String wireId) {
		Integer number = this.wireIds.get(wireId);
		if (number == null) {
			throw new AssertionError("No call has the id " + wireId);
		}
		return number;
	}

	private String nameOf(String wireId) {
		return this.wireIds.containsKey(wireId) ? "c" + numberOf(wireId) : wireId;
	}

	private Kind kindOf(DaemonCall call) {
		return this.calls.get(numberOf(call.id())).kind();
	}

	private void note(String what) {
		this.trace.add(this.bridge.now() / 1000 + " µs: " + what);
	}

	private void require(boolean holds, String what) {
		if (!holds) {
			throw new AssertionError(what);
		}
	}

	// What the engine asks for and tells

	@Override
	public String kind() {
		return "simulated";
	}

	@Override
	public Link open(IoLoop loop, int instance) {
		this.daemons++;
		this.roomy = true;
		this.daemon = new SimulatedDaemon(this.daemons, this.inForce);
		return this.daemon.link();
	}

	@Override
	public void commandStarted(String method) {
		this.started++;
	}

	@Override
	public void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
		this.ended++;
	}

	@Override
	public void protocolViolation(Violation violation, String excerpt) {
		this.violations.add(Verdict.valueOf(violation.name()));
	}

}
