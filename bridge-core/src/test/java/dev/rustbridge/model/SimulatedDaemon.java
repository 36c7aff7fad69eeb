package dev.rustbridge.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One generation of a daemon that is the model: what it writes waits until the simulation
 * lets it arrive, piece by piece.
 */
final class SimulatedDaemon {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final int number;

	private final SimulatedLink link = new SimulatedLink();

	private final Set<Capability> inForce;

	/** By the id on the wire. */
	private final Map<String, DaemonCall> calls = new LinkedHashMap<>();

	/** The host's side of the calls that it makes itself, by id. */
	private final Map<String, Answering> asked = new LinkedHashMap<>();

	/** Which command each of them was made for. */
	private final Map<String, DaemonCall> askers = new LinkedHashMap<>();

	/** When the deadline of each of them passes. */
	private final Map<String, Long> askDeadlines = new LinkedHashMap<>();

	/** What the host has to write, by the id on the wire, and has not yet. */
	private final Map<String, Deque<JsonNode>> expected = new LinkedHashMap<>();

	private final Deque<Outgoing> outgoing = new ArrayDeque<>();

	private int deliveredOfFirst;

	private @Nullable String helloId;

	private boolean dead;

	SimulatedDaemon(int number, Set<Capability> inForce) {
		this.number = number;
		this.inForce = inForce;
		String block = inForce.isEmpty() ? "" : ",\"data\":{\"rustbridge\":{\"protocol\":1,\"capabilities\":"
				+ MAPPER.writeValueAsString(Capability.wireNames(inForce)) + "}}";
		queue("{\"event\":\"ready\"" + block + "}", () -> {
		});
	}

	/**
	 * Writes a line.
	 * @param line the line
	 * @param arrival what it does to the host, once it is there
	 */
	void queue(String line, Runnable arrival) {
		byte[] bytes = (line + "\n").getBytes(UTF_8);
		this.outgoing.add(new Outgoing(bytes, bytes.length, arrival));
	}

	/**
	 * Writes raw bytes: they count once the last of them is there, even before the
	 * newline behind them.
	 */
	void queueRaw(String id, String payload, Runnable arrival) {
		String header = "{\"id\":\"" + id + "\",\"stream\":true,\"bytes\":" + payload.length() + "}\n";
		byte[] bytes = (header + payload + "\n").getBytes(UTF_8);
		this.outgoing.add(new Outgoing(bytes, bytes.length - 1, arrival));
	}

	/**
	 * Takes bytes off what waits to arrive.
	 * @param most how many at most
	 * @param arrivals takes what happens on the host with them
	 * @return the bytes
	 */
	byte[] take(int most, List<Runnable> arrivals) {
		List<byte[]> pieces = new ArrayList<>();
		int left = most;
		int size = 0;
		while (left > 0 && !this.outgoing.isEmpty()) {
			Outgoing first = this.outgoing.element();
			int count = Math.min(left, first.bytes().length - this.deliveredOfFirst);
			byte[] piece = Arrays.copyOfRange(first.bytes(), this.deliveredOfFirst, this.deliveredOfFirst + count);
			pieces.add(piece);
			if (this.deliveredOfFirst < first.counts() && this.deliveredOfFirst + count >= first.counts()) {
				arrivals.add(first.arrival());
			}
			this.deliveredOfFirst += count;
			left -= count;
			size += count;
			if (this.deliveredOfFirst == first.bytes().length) {
				this.outgoing.remove();
				this.deliveredOfFirst = 0;
			}
		}
		byte[] all = new byte[size];
		int at = 0;
		for (byte[] piece : pieces) {
			System.arraycopy(piece, 0, all, at, piece.length);
			at += piece.length;
		}
		return all;
	}

	boolean hasOutgoing() {
		return !this.outgoing.isEmpty();
	}

	void die() {
		this.dead = true;
		this.outgoing.clear();
		this.expected.clear();
		this.calls.clear();
	}

	boolean isDead() {
		return this.dead;
	}

	/** The host has to write this now or later. */
	void expect(String id, List<String> lines) {
		lines.forEach(
				(line) -> this.expected.computeIfAbsent(id, (key) -> new ArrayDeque<>()).add(MAPPER.readTree(line)));
	}

	@Nullable JsonNode nextExpected(String id) {
		Deque<JsonNode> lines = this.expected.get(id);
		return (lines != null) ? lines.poll() : null;
	}

	boolean expectsNothing() {
		return this.expected.values().stream().allMatch(Deque::isEmpty);
	}

	void ask(String id, DaemonCall asker, long deadline) {
		this.askers.put(id, asker);
		this.askDeadlines.put(id, deadline);
	}

	@Nullable DaemonCall askerOf(String id) {
		return this.askers.get(id);
	}

	/** Whether the time of a call of its own is over. */
	boolean isOver(String id, long now) {
		return this.askDeadlines.getOrDefault(id, Long.MAX_VALUE) <= now;
	}

	/** From when on its host counts the time. */
	void askedAt(String id, long deadline) {
		this.askDeadlines.computeIfPresent(id, (key, before) -> deadline);
	}

	void hello(String id) {
		this.helloId = id;
	}

	boolean isHello(String id) {
		return id.equals(this.helloId);
	}

	int number() {
		return this.number;
	}

	SimulatedLink link() {
		return this.link;
	}

	Set<Capability> inForce() {
		return this.inForce;
	}

	boolean has(Capability capability) {
		return this.inForce.contains(capability);
	}

	Map<String, DaemonCall> calls() {
		return this.calls;
	}

	Map<String, Answering> asked() {
		return this.asked;
	}

	/**
	 * Something written.
	 *
	 * @param bytes its bytes
	 * @param counts how many of them have to arrive before it counts
	 * @param arrival what it does then
	 */
	private record Outgoing(byte[] bytes, int counts, Runnable arrival) {

	}

}
