package dev.rustbridge.test.conformance.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is known about each call of a session, and what broke the rules. Thread-safe.
 */
final class Ledger {

	private static final int MOST = 1000;

	private final Map<String, Boolean> answered = new HashMap<>();

	private final Set<String> rawCommands = new HashSet<>();

	private final Set<String> calls = new HashSet<>();

	private final List<Violation> violations = new ArrayList<>();

	private boolean ready;

	private Set<String> agreed = Set.of();

	synchronized void agree(Set<String> capabilities) {
		this.agreed = Set.copyOf(capabilities);
	}

	synchronized void sent(String id, boolean takesRawBytes) {
		this.answered.put(id, false);
		if (takesRawBytes) {
			this.rawCommands.add(id);
		}
	}

	synchronized List<Violation> violations() {
		return List.copyOf(this.violations);
	}

	synchronized void received(Line line, String readyEvent) {
		if (line.text().isBlank()) {
			return;
		}
		if (!this.ready) {
			// noise before the daemon is ready is tolerated
			this.ready = line.isEvent(readyEvent);
			return;
		}
		Violation.Kind kind = judge(line);
		if (kind != null && this.violations.size() < MOST) {
			this.violations.add(new Violation(kind, line.excerpt()));
		}
	}

	private Violation.@Nullable Kind judge(Line line) {
		String id = line.id();
		if (line.isEvent()) {
			return null;
		}
		if (id == null) {
			return Violation.Kind.NOISE;
		}
		if (line.isCall()) {
			return agreed("calls") && this.calls.add(id) ? null : Violation.Kind.NOT_AGREED;
		}
		if (line.isChunk()) {
			return judgeChunk(id, line);
		}
		if (line.isAnswer()) {
			return judgeAnswer(id, line);
		}
		return judgeControl(id, line);
	}

	private Violation.@Nullable Kind judgeChunk(String id, Line line) {
		Boolean answered = this.answered.get(id);
		if (answered == null) {
			return Violation.Kind.STRANGER;
		}
		if (answered) {
			return Violation.Kind.LATE_CHUNK;
		}
		boolean asked = line.payload() < 0 || this.rawCommands.contains(id);
		return asked ? null : Violation.Kind.NOT_AGREED;
	}

	private Violation.@Nullable Kind judgeAnswer(String id, Line line) {
		JsonNode success = line.get("success");
		if (success == null || !success.isBoolean()) {
			return Violation.Kind.NOISE;
		}
		Boolean before = this.answered.replace(id, true);
		if (before == null) {
			return Violation.Kind.STRANGER;
		}
		return before ? Violation.Kind.ANSWERED_TWICE : null;
	}

	private Violation.@Nullable Kind judgeControl(String id, Line line) {
		JsonNode credit = line.get("credit");
		if (credit != null && credit.isIntegralNumber()) {
			return agreed("upload") && this.answered.containsKey(id) ? null : Violation.Kind.NOT_AGREED;
		}
		JsonNode cancel = line.get("cancel");
		if (cancel != null && cancel.isBoolean() && cancel.booleanValue()) {
			return agreed("cancel") && this.calls.contains(id) ? null : Violation.Kind.NOT_AGREED;
		}
		return Violation.Kind.NOISE;
	}

	private boolean agreed(String capability) {
		return this.agreed.contains(capability);
	}

}
