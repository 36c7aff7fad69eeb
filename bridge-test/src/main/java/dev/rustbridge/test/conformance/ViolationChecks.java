package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import dev.rustbridge.test.conformance.wire.Session;
import dev.rustbridge.test.conformance.wire.Violation;
import dev.rustbridge.test.conformance.wire.Violation.Kind;

/**
 * What no daemon may send, whatever it is asked: looked for in all sessions, so these
 * checks come last.
 */
final class ViolationChecks {

	private static final int SHOWN = 5;

	private ViolationChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(Check.CLASSIC, "only-protocol", "once it is ready it writes nothing else to its stdout",
						"log to stderr; success is true or false, an id is text, stream comes with data", null,
						(bench) -> look(bench, EnumSet.of(Kind.NOISE))),
				new Check(Check.CLASSIC, "answers-once", "each command is answered exactly once",
						"forget a command once it was answered, under the lock that writes the answer", null,
						(bench) -> look(bench, EnumSet.of(Kind.ANSWERED_TWICE, Kind.LATE_CHUNK))),
				new Check(Check.CLASSIC, "own-ids", "answers and chunks have the ids of commands",
						"keep the id of each command beside its work", null,
						(bench) -> look(bench, EnumSet.of(Kind.STRANGER))),
				new Check(Check.CLASSIC, "only-agreed", "it uses nothing that was not agreed on",
						"make no calls and send no raw bytes, grants or cancels unless $hello named them", null,
						(bench) -> look(bench, EnumSet.of(Kind.NOT_AGREED))));
	}

	private static void look(Bench bench, Set<Kind> kinds) throws IOException, InterruptedException {
		linger(bench);
		List<Violation> found = new ArrayList<>();
		for (Violation violation : bench.daemon().violations()) {
			if (kinds.contains(violation.kind())) {
				found.add(violation);
			}
		}
		if (!found.isEmpty()) {
			StringBuilder text = new StringBuilder();
			for (Violation violation : found.subList(0, Math.min(SHOWN, found.size()))) {
				text.append("← ").append(violation.line()).append(": ").append(violation.kind().text()).append('\n');
			}
			text.append(found.size()).append(" in all sessions");
			throw new CheckFailure("no such line", text.toString());
		}
	}

	/**
	 * A second answer may take its time.
	 */
	private static void linger(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		MethodUnderTest command = bench.options().method(MethodRole.COMMAND);
		if (command != null) {
			bench.send(session, command);
		}
		bench.mustAnswer(session);
		session.poll((line) -> false, bench.quietTime());
	}

}
