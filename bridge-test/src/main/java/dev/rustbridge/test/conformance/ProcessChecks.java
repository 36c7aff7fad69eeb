package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import dev.rustbridge.test.conformance.wire.Json;
import dev.rustbridge.test.conformance.wire.Session;

/**
 * How a daemon ends, and how many hosts it has.
 */
final class ProcessChecks {

	private ProcessChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(Check.CLASSIC, "end-of-input", "it exits after the end of its stdin, within its drain time",
						"leave the read loop at the end of stdin and exit: that is how a host stops it, and how it "
								+ "learns that its host was killed; --drain-time allows more time",
						null, ProcessChecks::endOfInput),
				new Check(Check.CLASSIC, "last-answers", "what was answered before the exit is still written",
						"flush stdout before the exit", null, ProcessChecks::lastAnswers),
				new Check(Check.CLASSIC, "sigterm", "it exits on SIGTERM, within its drain time",
						"leave SIGTERM to its default, or exit once what is in flight is done", null,
						ProcessChecks::sigterm),
				new Check(Check.CLASSIC, "second-host", "on a socket several hosts are served at once",
						"accept in a loop, and give each connection a reader of its own", null,
						ProcessChecks::secondHost));
	}

	private static void endOfInput(Bench bench) throws IOException, InterruptedException {
		mustBeOurs(bench);
		Session session = bench.classic();
		bench.mustAnswer(session);
		session.endInput();
		mustExit(bench, session, "an exit after the end of stdin");
	}

	private static void lastAnswers(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			ids.add(session.command(Bench.NO_METHOD, "{}"));
		}
		session.endInput();
		for (String id : ids) {
			session.answer(id);
		}
	}

	private static void sigterm(Bench bench) throws IOException, InterruptedException {
		mustBeOurs(bench);
		Session session = bench.classic();
		bench.mustAnswer(session);
		session.terminate();
		mustExit(bench, session, "an exit after SIGTERM");
	}

	private static void secondHost(Bench bench) throws IOException, InterruptedException {
		if (bench.daemon().isProcess()) {
			throw new NotTried("over stdio there is one host");
		}
		Session first = bench.classic();
		Session second = bench.classic();
		bench.mustAnswer(first);
		bench.mustAnswer(second);
		first.close();
		bench.mustAnswer(second);
	}

	private static void mustBeOurs(Bench bench) {
		if (!bench.daemon().isProcess()) {
			throw new NotTried("the daemon behind a socket is not ours to end");
		}
	}

	private static void mustExit(Bench bench, Session session, String expected) throws InterruptedException {
		if (session.awaitExit(bench.options().drainTime()) == null) {
			throw new CheckFailure(expected + " within " + Json.text(bench.options().drainTime()),
					session.observed() + "\n(it still runs)");
		}
	}

}
