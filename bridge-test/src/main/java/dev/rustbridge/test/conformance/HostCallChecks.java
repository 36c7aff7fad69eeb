package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.util.List;

import dev.rustbridge.test.conformance.wire.Json;
import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;

/**
 * The capability {@code calls}: the daemon calls its host.
 */
final class HostCallChecks {

	private static final String CALLS = "calls";

	private HostCallChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(CALLS, "answered", "a command whose call the host answers comes to its end",
						"match the host's answer to the call by its id", MethodRole.CALLING, HostCallChecks::answered),
				new Check(CALLS, "refused", "a command whose call the host refuses comes to its end",
						"take \"success\":false for an answer too", MethodRole.CALLING, HostCallChecks::refused),
				new Check(CALLS, "own-ids", "ids of both directions are apart",
						"look answers up among the daemon's own calls, cancel and credit among the host's",
						MethodRole.CALLING, HostCallChecks::ownIds),
				new Check(CALLS, "not-agreed", "a host that did not announce calls is not called",
						"answer the command with an error instead", MethodRole.CALLING, HostCallChecks::notAgreed),
				new Check(CALLS, "stranger", "an answer to no call is ignored",
						"look the id up, and do nothing where there is none", null, HostCallChecks::stranger));
	}

	private static void answered(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.CALLING));
		Line call = call(session);
		answer(session, call, "\"success\":true,\"result\":" + bench.options().hostResult());
		session.answer(id);
		bench.mustStayQuiet(session, id, "one answer to " + id);
	}

	private static void refused(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.CALLING));
		Line call = call(session);
		answer(session, call, "\"success\":false,\"error\":\"no such method\",\"code\":\"UNKNOWN_METHOD\"");
		session.answer(id);
		// twice, and late: it has to be ignored
		answer(session, call, "\"success\":true,\"result\":null");
		bench.mustStayQuiet(session, id, "one answer to " + id);
	}

	private static void ownIds(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.CALLING));
		Line call = call(session);
		String theirs = String.valueOf(call.id());
		session.expectAnswer(theirs);
		session.send(Json.command(theirs, Bench.NO_METHOD, "{}"));
		session.answer(theirs);
		answer(session, call, "\"success\":true,\"result\":" + bench.options().hostResult());
		session.answer(id);
	}

	private static void notAgreed(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = bench.send(session, bench.method(MethodRole.CALLING));
		session.answer(id);
	}

	private static void stranger(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		session.send("{\"id\":\"d_nobody\",\"success\":true,\"result\":null}");
		session.send("{\"id\":\"d_nobody\",\"success\":false,\"error\":\"x\"}");
		bench.mustAnswer(session);
	}

	private static Line call(Session session) throws InterruptedException {
		return session.await("a call of the host, with id and method", Line::isCall);
	}

	private static void answer(Session session, Line call, String members) {
		session.send("{\"id\":" + Json.quote(String.valueOf(call.id())) + "," + members + "}");
	}

}
