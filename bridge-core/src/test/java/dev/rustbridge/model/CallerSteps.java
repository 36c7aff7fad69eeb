package dev.rustbridge.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.model.HostCall.Kind;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The steps in which the application does something: those who call, their uploads, and
 * its handlers. Each answers whether it could be done.
 */
final class CallerSteps {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final int MOST_CALLS = 12;

	private final Dice dice;

	private final SimulatedWorld world;

	private final SimulatedCalls calls;

	private final Oracle oracle;

	CallerSteps(Dice dice, SimulatedWorld world, Oracle oracle) {
		this.dice = dice;
		this.world = world;
		this.calls = world.calls();
		this.oracle = oracle;
	}

	boolean call() {
		if (this.calls.open().size() >= MOST_CALLS) {
			return false;
		}
		Kind kind = Kind.values()[this.dice.below(Kind.values().length)];
		boolean refills = kind.isStream() && this.dice.below(3) == 0;
		long demand = kind.isStream() ? (refills ? 1 : 0) + this.dice.below(4) : 1;
		if (kind.isStream() && this.dice.below(6) == 0) {
			demand = HostCall.UNLIMITED;
		}
		SimulatedCall call = new SimulatedCall(this.calls.all().size(), kind, this.world.signals(),
				Duration.ofMillis(20 + this.dice.below(200)), this.dice.below(3) == 0, refills, demand,
				this.world.now());
		this.calls.add(call);
		this.world.note("call " + call + ", demand " + demand);
		CommandSpec command = this.world.bridge()
			.command("work")
			.params(Map.of("n", call.number()))
			.timeout(call.timeout());
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

	boolean request() {
		SimulatedCall call = this.dice
			.oneOf(this.calls.open().stream().filter((open) -> open.kind().isStream()).toList());
		if (call == null) {
			return false;
		}
		request(call, 1 + this.dice.below(5));
		return true;
	}

	void request(SimulatedCall call, long amount) {
		this.world.note("request " + amount + " of " + call.id());
		call.request(amount, this.world.now());
		for (long i = 0; i < amount; i++) {
			this.oracle.apply(call, Input.of(HostInput.REQUEST, 1));
		}
	}

	boolean cancel() {
		SimulatedCall call = this.dice.oneOf(this.calls.open());
		if (call == null) {
			return false;
		}
		this.world.note("cancel " + call.id());
		call.cancel();
		this.oracle.apply(call, Input.of(HostInput.CANCEL));
		return true;
	}

	boolean upload() {
		SimulatedCall call = this.dice.oneOf(this.calls.open()
			.stream()
			.filter((open) -> open.isSeen() && open.model().state() == HostState.UPLOADING)
			.toList());
		if (call == null) {
			return false;
		}
		switch (this.dice.below(8)) {
			case 0 -> {
				this.world.note("source of " + call.id() + " completes");
				this.oracle.apply(call, Input.of(HostInput.COMPLETE));
				call.source().complete();
			}
			case 1 -> {
				this.world.note("source of " + call.id() + " fails");
				this.oracle.apply(call, Input.of(HostInput.FAILURE));
				call.source().fail();
			}
			default -> {
				if (call.model().uploadCredit() == 0) {
					return false;
				}
				int item = this.dice.below(100);
				this.world.note("source of " + call.id() + " publishes " + item);
				this.oracle.apply(call, Input.of(HostInput.ITEM, String.valueOf(item)));
				call.source().publish(MAPPER.valueToTree(item));
			}
		}
		return true;
	}

	boolean answer() {
		SimulatedDaemon daemon = this.world.daemon();
		if (daemon == null) {
			return false;
		}
		String id = this.dice.oneOf(List.copyOf(this.world.handlers().keySet()));
		if (id == null) {
			return false;
		}
		Sinks.One<JsonNode> handler = this.world.handlers().remove(id);
		Answering asked = daemon.asked().get(id);
		if (handler == null || asked == null || asked.state() != Answering.State.OPEN) {
			return false;
		}
		if (this.dice.below(3) > 0) {
			this.world.note("handler of " + id + " replies");
			this.oracle.apply(asked, Input.of(Answering.Event.REPLY, "5"));
			handler.tryEmitValue(MAPPER.valueToTree(5));
		}
		else {
			this.world.note("handler of " + id + " fails");
			this.oracle.apply(asked, Input.of(Answering.Event.REFUSE, "PERMISSION_DENIED"));
			handler
				.tryEmitError(new CommandFailedException(Origin.bridge("simulated"), "no", "PERMISSION_DENIED", null));
		}
		return true;
	}

}
