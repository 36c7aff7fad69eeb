package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.engine.VirtualBridge;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a simulation plays with: the engine on virtual time, its calls, the handlers of
 * the application, and the daemon of the moment. It gives the engine what that asks for,
 * and hears what it tells.
 */
final class SimulatedWorld implements Transport, BridgeListener {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final Set<Capability> inForce;

	private final boolean waits;

	private final VirtualBridge bridge;

	private final Trace trace;

	private final Signals signals = new Signals();

	private final SimulatedCalls calls = new SimulatedCalls();

	/** At work, by the ids of the daemon's calls that they are to answer. */
	private final Map<String, Sinks.One<JsonNode>> handlers = new LinkedHashMap<>();

	private final List<Verdict> violations = new ArrayList<>();

	private @Nullable SimulatedDaemon daemon;

	private int daemons;

	private int started;

	private int ended;

	private boolean roomy = true;

	private boolean death;

	/**
	 * Makes one whose engine was not started.
	 * @param inForce what each of its daemons agrees on with the engine
	 * @param options of the engine
	 */
	SimulatedWorld(Set<Capability> inForce, BridgeOptions options) {
		this.inForce = inForce;
		this.waits = options.whileUnavailable() == WhileUnavailable.WAIT;
		this.bridge = new VirtualBridge(options, this, Map.of("authorize", (call) -> asked(call.json())), this,
				(event) -> {
				});
		this.trace = new Trace(this.bridge::now);
	}

	private Mono<JsonNode> asked(String json) {
		String id = MAPPER.readTree(json).get("who").stringValue();
		Sinks.One<JsonNode> handler = Sinks.one();
		this.handlers.put(id, handler);
		this.signals.tell(id, "asked");
		return handler.asMono().doOnCancel(() -> this.signals.tell(id, "disposed"));
	}

	/** Nothing has died yet in the step that begins. */
	void beginStep() {
		this.death = false;
	}

	/** The link of its daemon has room for so many bytes from now on. */
	void room(SimulatedDaemon current, int bytes) {
		this.roomy = bytes == Integer.MAX_VALUE;
		this.bridge.run(() -> current.link().room(bytes));
	}

	/** The daemon is gone, as the engine hears. */
	void lose(SimulatedDaemon lost) {
		this.death = true;
		this.daemon = null;
		this.bridge.run(() -> lost.link().end());
	}

	/** What the engine found wrong since this was asked last. */
	List<Verdict> takeViolations() {
		List<Verdict> taken = List.copyOf(this.violations);
		this.violations.clear();
		return taken;
	}

	void note(String what) {
		this.trace.note(what);
	}

	Trace trace() {
		return this.trace;
	}

	Set<Capability> inForce() {
		return this.inForce;
	}

	boolean has(Capability capability) {
		return this.inForce.contains(capability);
	}

	/** Whether calls wait while no daemon can take them. */
	boolean callsWait() {
		return this.waits;
	}

	VirtualBridge bridge() {
		return this.bridge;
	}

	long now() {
		return this.bridge.now();
	}

	Signals signals() {
		return this.signals;
	}

	SimulatedCalls calls() {
		return this.calls;
	}

	Map<String, Sinks.One<JsonNode>> handlers() {
		return this.handlers;
	}

	@Nullable SimulatedDaemon daemon() {
		return this.daemon;
	}

	/** Whether everything that is to be written is written at once. */
	boolean isRoomy() {
		return this.roomy;
	}

	/** Whether a daemon has died in this step. */
	boolean hasSeenDeath() {
		return this.death;
	}

	/** How many calls the engine said have begun. */
	int started() {
		return this.started;
	}

	/** How many calls the engine said have ended. */
	int ended() {
		return this.ended;
	}

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
