package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.util.List;

import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The capabilities {@code cancel}, {@code deadline}, {@code trace} and {@code errors}.
 */
final class CallEndChecks {

	private static final String CANCEL = "cancel";

	private static final String DEADLINE = "deadline";

	private static final String ERRORS = "errors";

	private CallEndChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(CANCEL, "running", "a cancelled command is answered once all the same, soon",
						"stop its work and answer with the error \"cancelled\", code CANCELLED", MethodRole.SLOW,
						CallEndChecks::cancelRunning),
				new Check(CANCEL, "stream", "a cancelled stream ends, and is answered once",
						"stop the stream and answer; wait for credit and for cancel at once", MethodRole.STREAM,
						CallEndChecks::cancelStream),
				new Check(CANCEL, "unknown", "cancel of unknown and of answered commands is ignored",
						"look the id up, and do nothing where there is none", null, CallEndChecks::cancelUnknown),
				new Check(DEADLINE, "over", "a command over its deadline is answered with DEADLINE_EXCEEDED, if at all",
						"give up with the code DEADLINE_EXCEEDED, or don't give up", MethodRole.SLOW,
						CallEndChecks::deadlineOver),
				new Check(DEADLINE, "far", "a deadline that is far away changes nothing",
						"take deadlines up to 2^53-1 milliseconds", MethodRole.COMMAND, CallEndChecks::deadlineFar),
				new Check("trace", "context", "a command with a trace context is served as any other",
						"read the member trace, or skip it", MethodRole.COMMAND, CallEndChecks::trace),
				new Check(ERRORS, "unknown-method", "the error of an unknown method has the code UNKNOWN_METHOD",
						"write \"code\":\"UNKNOWN_METHOD\" beside \"error\"", null, CallEndChecks::unknownMethod),
				new Check(ERRORS, "failure", "an error is text, and its code, if it has one, is text too",
						"write \"error\":\"…\",\"code\":\"…\"", MethodRole.FAIL, CallEndChecks::failure));
	}

	private static void cancelRunning(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.SLOW));
		bench.mustAnswer(session);
		cancel(session, id);
		mustEndCancelled(bench, session, id);
	}

	private static void cancelStream(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		boolean credit = bench.wireCapabilities().contains("credit");
		MethodUnderTest method = bench.method(MethodRole.STREAM);
		String id = credit ? bench.send(session, method, "\"credit\":0") : bench.send(session, method);
		cancel(session, id);
		mustEndCancelled(bench, session, id);
	}

	private static void cancel(Session session, String id) {
		session.send("{\"id\":\"" + id + "\",\"cancel\":true}");
	}

	private static void mustEndCancelled(Bench bench, Session session, String id) throws InterruptedException {
		Line answer = session.answer(id);
		boolean told = !bench.wireCapabilities().contains(ERRORS) || "CANCELLED".equals(answer.code());
		bench.require(answer.isSuccess() || told, session, "its result, or an error of the code CANCELLED");
		bench.mustStayQuiet(session, id, "nothing more of " + id + " behind its answer");
	}

	private static void cancelUnknown(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		cancel(session, "kit_nobody");
		String id = session.command(Bench.NO_METHOD, "{}");
		session.answer(id);
		cancel(session, id);
		bench.mustStayQuiet(session, id, "no second answer to a command that is cancelled behind its answer");
	}

	private static void deadlineOver(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.SLOW), "\"deadlineMs\":50");
		Line answer = session.poll((line) -> line.isFor(id) && line.isAnswer(), session.timeout());
		if (answer == null) {
			// it may give up, and need not
			bench.mustAnswer(session);
			return;
		}
		boolean told = !bench.wireCapabilities().contains(ERRORS) || "DEADLINE_EXCEEDED".equals(answer.code());
		bench.require(!answer.isSuccess() && told, session, "an error of the code DEADLINE_EXCEEDED");
		bench.mustStayQuiet(session, id, "one answer to " + id);
	}

	private static void deadlineFar(Bench bench) throws IOException, InterruptedException {
		mustSucceedWith(bench, "\"deadlineMs\":9007199254740991");
	}

	private static void trace(Bench bench) throws IOException, InterruptedException {
		mustSucceedWith(bench, "\"trace\":{\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\","
				+ "\"tracestate\":\"congo=t61rcWkgMzE\"}");
	}

	private static void mustSucceedWith(Bench bench, String member) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.COMMAND), member);
		bench.require(session.answer(id).isSuccess(), session, "success in answer to " + id);
	}

	private static void unknownMethod(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		Line answer = bench.mustAnswer(session);
		bench.require("UNKNOWN_METHOD".equals(answer.code()), session, "the code UNKNOWN_METHOD");
		bench.require(isText(answer.get("error")), session, "the member error as text");
	}

	private static void failure(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.FAIL));
		Line answer = session.answer(id);
		bench.require(!answer.isSuccess() && isText(answer.get("error")), session, "the member error as text");
		bench.require(answer.get("code") == null || answer.code() != null, session, "the member code as text");
	}

	private static boolean isText(@Nullable JsonNode value) {
		return value != null && value.isString();
	}

}
