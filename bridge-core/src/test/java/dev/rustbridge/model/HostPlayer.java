package dev.rustbridge.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.VirtualBridge;
import dev.rustbridge.model.Signals.Caller;
import dev.rustbridge.model.Signals.Source;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import dev.rustbridge.transport.Transport;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays a vector for hosts with the engine.
 */
final class HostPlayer implements Transport, BridgeListener {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final BridgeOptions OPTIONS = VirtualBridge.options(RustBridge.builder("vectors")
		.binaryName("none")
		.maxMessageSize(HostVectors.MAX_MESSAGE_SIZE)
		.heartbeatInterval(Duration.ZERO));

	private static final long EXPIRY = OPTIONS.requestTimeout().toNanos() + 1;

	private final JsonNode vector;

	private final SimulatedLink link = new SimulatedLink();

	private final Signals signals = new Signals();

	private final Pattern ids = new Pattern();

	private final List<Verdict> violations = new ArrayList<>();

	private final Map<String, Caller> callers = new HashMap<>();

	private final Map<String, Source> sources = new HashMap<>();

	private Sinks.One<JsonNode> reply = Sinks.one();

	private final VirtualBridge bridge;

	/** Chunks that may still be sent, by the id of their call. */
	private final Map<String, Long> credit = new HashMap<>();

	private boolean raw;

	private boolean closeTold;

	HostPlayer(JsonNode vector) {
		this.vector = vector;
		this.bridge = new VirtualBridge(OPTIONS, this, Map.of("authorize", (call) -> answer()), this, this::onEvent);
	}

	/** Only one is open at a time. */
	private Mono<JsonNode> answer() {
		this.signals.tell("d_1", "asked");
		this.reply = Sinks.one();
		return this.reply.asMono().doOnCancel(() -> this.signals.tell("d_1", "disposed"));
	}

	void play() {
		agree();
		int number = 0;
		for (JsonNode step : this.vector.get("steps")) {
			number++;
			String at = this.vector.get("name").stringValue() + ", step " + number;
			this.violations.clear();
			act(step);
			checkLines(at, step);
			assertThat(byWhom(told())).as(at).isEqualTo(byWhom(strings(step.path("told"))));
			if (step.has("verdict")) {
				String verdict = step.get("verdict").stringValue();
				assertThat(this.violations).as(at)
					.isEqualTo(verdict.equals("ACCEPTED") ? List.of() : List.of(Verdict.valueOf(verdict)));
			}
		}
	}

	private void agree() {
		this.bridge.start();
		List<String> capabilities = strings(this.vector.get("capabilities"));
		String block = capabilities.isEmpty() ? "" : ",\"data\":{\"rustbridge\":{\"protocol\":1,\"capabilities\":"
				+ this.vector.get("capabilities") + "}}";
		deliver("{\"event\":\"ready\"" + block + "}");
		for (String line : this.link.lines()) {
			JsonNode hello = MAPPER.readTree(line);
			assertThat(hello.get("method").stringValue()).isEqualTo("$hello");
			deliver("{\"id\":" + hello.get("id") + ",\"success\":true}");
		}
		this.signals.take();
	}

	private void act(JsonNode step) {
		if (step.has("in")) {
			deliver(this.ids.resolve(step.get("in").stringValue()));
			return;
		}
		String id = step.path("id").asString("");
		switch (step.get("do").stringValue()) {
			case "block" -> {
				this.link.room(0);
				this.bridge.command("filler").retrieveMono(JsonNode.class).subscribe(null, (error) -> {
				});
			}
			case "unblock" -> this.bridge.run(() -> this.link.room(Integer.MAX_VALUE));
			case "call" -> call(id, step.get("kind").stringValue(), step.path("demand").asLong(0));
			case "request" -> caller(id).request(1);
			case "cancel" -> caller(id).cancel();
			case "expire" -> this.bridge.pass(EXPIRY);
			case "item" -> source(id).publish(step.get("value"));
			case "complete" -> source(id).complete();
			case "failure" -> source(id).fail();
			case "reply" -> this.reply.tryEmitValue(MAPPER.readTree(step.get("value").stringValue()));
			case "refuse" -> this.reply.tryEmitError(
					new CommandFailedException(Origin.bridge("vectors"), "no", step.get("value").stringValue(), null));
			case "lose" -> this.bridge.run(this.link::end);
			case "spend" -> spend(id, step.get("from").asInt());
			default -> throw new IllegalArgumentException("No step: " + step);
		}
		this.bridge.run();
	}

	private void call(String id, String kind, long demand) {
		CommandSpec command = this.bridge.command("work");
		Caller caller = new Caller(this.signals, id, (demand > 0) ? "chunk" : "value", Math.max(1, demand), false);
		this.callers.put(id, caller);
		this.raw = kind.equals("raw");
		switch (kind) {
			case "mono" -> command.retrieveMono(JsonNode.class).subscribe(caller);
			case "stream" -> command.retrieveFlux(JsonNode.class).subscribe(caller);
			case "raw" -> command.retrieveFlux(byte[].class).subscribe(caller);
			case "upload" -> {
				Source source = new Source(this.signals, id);
				this.sources.put(id, source);
				command.upload(source).retrieveMono(JsonNode.class).subscribe(caller);
			}
			default -> throw new IllegalArgumentException("No kind of call: " + kind);
		}
	}

	private void spend(String id, int from) {
		int number = from;
		countCredit(new ArrayList<>());
		long left = this.credit.getOrDefault(this.ids.idOf(id), 0L) - from;
		assertThat(left).as("credit").isPositive();
		for (long i = 0; i < left; i++) {
			deliver(this.ids
				.resolve("{\"id\":\"" + id + "\",\"stream\":true,\"data\":" + (this.raw ? "\"YWJj\"" : number) + "}"));
			number++;
			List<String> grants = this.link.lines();
			assertThat(grants).as("grants without demand").isEmpty();
		}
	}

	private void deliver(String line) {
		this.bridge.run(() -> this.link.deliver((line + "\n").getBytes(UTF_8)));
	}

	// What came of it

	private void checkLines(String at, JsonNode step) {
		List<JsonNode> written = new ArrayList<>();
		this.link.lines().forEach((line) -> written.add(MAPPER.readTree(line)));
		written.removeIf((line) -> line.path("method").asString("").equals("filler"));
		countCredit(written);
		List<JsonNode> missing = new ArrayList<>();
		for (JsonNode pattern : step.path("out")) {
			JsonNode found = written.stream()
				.filter((line) -> this.ids.matches(pattern, line))
				.findFirst()
				.orElse(null);
			if (found == null || !isFirstOfItsId(written, found)) {
				missing.add(pattern);
			}
			else {
				written.remove(found);
			}
		}
		written
			.removeIf((line) -> this.vector.path("may").valueStream().anyMatch((may) -> this.ids.matches(may, line)));
		assertThat(missing).as(at + ": lines that must be written; besides them were " + written).isEmpty();
		assertThat(written).as(at + ": lines that must not be written").isEmpty();
	}

	/** Lines that may come anywhere do not count. */
	private boolean isFirstOfItsId(List<JsonNode> written, JsonNode line) {
		return written.stream()
			.filter((other) -> Objects.equals(other.get("id"), line.get("id")))
			.filter((other) -> this.vector.path("may").valueStream().noneMatch((may) -> this.ids.matches(may, other)))
			.findFirst()
			.map((first) -> first == line)
			.orElse(true);
	}

	private void countCredit(List<JsonNode> written) {
		for (JsonNode line : written) {
			if (line.has("credit")) {
				this.credit.merge(line.get("id").stringValue(), line.get("credit").asLong(), Long::sum);
			}
		}
	}

	private List<String> told() {
		if (this.link.isClosed() && !this.closeTold) {
			this.closeTold = true;
			this.signals.tell("connection", "ended");
		}
		return this.signals.take();
	}

	/** In order for each who is told something. */
	private static Map<String, List<String>> byWhom(List<String> told) {
		return told.stream().collect(Collectors.groupingBy((signal) -> signal.substring(0, signal.indexOf(' '))));
	}

	private static List<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::stringValue).toList();
	}

	private Caller caller(String id) {
		return Objects.requireNonNull(this.callers.get(id), id);
	}

	private Source source(String id) {
		return Objects.requireNonNull(this.sources.get(id), id);
	}

	private void onEvent(BridgeEvent event) {
		String data = (event.json() != null) ? " " + event.json() : "";
		String parent = event.trace().get("traceparent");
		this.signals.tell("event", event.name() + data + ((parent != null) ? " traced " + parent : ""));
	}

	@Override
	public void protocolViolation(Violation violation, String excerpt) {
		this.violations.add(Verdict.valueOf(violation.name()));
	}

	@Override
	public String kind() {
		return "vectors";
	}

	@Override
	public Link open(IoLoop loop, int instance) {
		return this.link;
	}

}
