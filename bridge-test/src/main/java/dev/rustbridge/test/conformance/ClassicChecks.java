package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import dev.rustbridge.test.conformance.wire.Json;
import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every daemon does, whichever host it has: commands and their answers.
 */
final class ClassicChecks {

	private static final int MANY = 200;

	private static final List<String> IDS = List.of("42", "", "with space", "colon:and/slash", "quote\"backslash\\",
			"tab\tnewline\ncontrol\u0001", "ümläut-日本語-🦀", "{\"id\":\"nested\"}", "x".repeat(1000));

	private static final String ECHOED = "{\"text\":\"ümläut 日本語 🦀 \\\" \\\\ \\n \\u0001\",\"big\":9007199254740993,"
			+ "\"bigger\":18446744073709551615,\"small\":-9223372036854775808,\"float\":0.1,\"null\":null,"
			+ "\"list\":[1,[2,[3,{}]],\"\"],\"empty\":{},\"bool\":[true,false]}";

	private ClassicChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(Check.CLASSIC, "ready", "says that it is ready, by an event, before anything is sent to it",
						"write {\"event\":\"ready\",\"data\":{}} and flush stdout once commands can be served; "
								+ "--ready-event names another event, --timeout allows more time",
						null, Bench::ready),
				new Check(Check.CLASSIC, "unknown-method", "an unknown method is answered with an error",
						"answer {\"id\":…,\"success\":false,\"error\":\"unknown method …\"}: a caller waits otherwise",
						null, (bench) -> bench.mustAnswer(bench.classic())),
				new Check(Check.CLASSIC, "ids", "ids are text of any kind, and come back as they were sent",
						"read the id as a JSON string and write it by a JSON library", null, ClassicChecks::ids),
				new Check(Check.CLASSIC, "member-order", "the order of members is free, and unknown ones are ignored",
						"read lines by a JSON library, and don't refuse unknown members", null,
						ClassicChecks::memberOrder),
				new Check(Check.CLASSIC, "many-at-once", "commands that come together are all answered, each once",
						"read line by line, not read by read; write whole lines under one lock", null,
						ClassicChecks::manyAtOnce),
				new Check(Check.CLASSIC, "command", "a command is answered with success",
						"see what it was sent, and the daemon's stderr", MethodRole.COMMAND, ClassicChecks::command),
				new Check(Check.CLASSIC, "echo", "values go through unharmed: text, large integers, nesting",
						"don't read numbers as doubles; escape text by a JSON library", MethodRole.ECHO,
						ClassicChecks::echo),
				new Check(Check.CLASSIC, "failure", "a failing command is answered with success false",
						"answer {\"id\":…,\"success\":false,\"error\":\"…\"}", MethodRole.FAIL, ClassicChecks::failure),
				new Check(Check.CLASSIC, "stream", "a stream's chunks come before its final response, under its id",
						"write {\"id\":…,\"stream\":true,\"data\":…} for each chunk, the response after the last one",
						MethodRole.STREAM, ClassicChecks::stream),
				new Check(Check.CLASSIC, "ping", "$ping is answered, by an error too",
						"answer unknown methods: hosts prove by $ping that a daemon lives", null, ClassicChecks::ping));
	}

	private static void ids(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		for (String id : IDS) {
			session.expectAnswer(id);
			session.send(Json.command(id, Bench.NO_METHOD, "{}"));
			session.answer(id);
		}
	}

	private static void memberOrder(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = session.newId();
		session.expectAnswer(id);
		session.send("{\"trailer\":{\"id\":\"inner\",\"method\":[1]},\"params\":{},\"method\":"
				+ Json.quote(Bench.NO_METHOD) + ",\"future\":null,\"id\":" + Json.quote(id) + "}");
		session.answer(id);
	}

	private static void manyAtOnce(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		List<String> ids = new ArrayList<>();
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < MANY; i++) {
			String id = session.newId();
			session.expectAnswer(id);
			ids.add(id);
			lines.append(Json.command(id, Bench.NO_METHOD, "{}")).append('\n');
		}
		session.sendRaw(lines.toString().getBytes(StandardCharsets.UTF_8));
		for (String id : ids) {
			session.answer(id);
		}
		for (String id : List.of(ids.get(0), ids.get(MANY - 1))) {
			bench.mustStayQuiet(session, id, "one answer to each of " + MANY + " commands");
		}
	}

	private static void command(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = bench.send(session, bench.method(MethodRole.COMMAND));
		bench.require(session.answer(id).isSuccess(), session, "success in answer to " + id);
	}

	private static void echo(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = session.command(bench.method(MethodRole.ECHO).name(), ECHOED);
		Line answer = session.answer(id);
		JsonNode expected = JsonMapper.shared().readTree(ECHOED);
		if (!answer.isSuccess() || !expected.equals(answer.get("result"))) {
			throw new CheckFailure("the result " + ECHOED, session.observed());
		}
	}

	private static void failure(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = bench.send(session, bench.method(MethodRole.FAIL));
		bench.require(!session.answer(id).isSuccess(), session, "an error in answer to " + id);
		bench.mustAnswer(session);
	}

	private static void stream(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = bench.send(session, bench.method(MethodRole.STREAM));
		int chunks = 0;
		Line line = next(session, id);
		while (line.isChunk()) {
			chunks++;
			line = next(session, id);
		}
		bench.require(line.isSuccess(), session, "chunks, then success in answer to " + id);
		bench.require(chunks > 0, session, "a chunk at least before the answer to " + id);
		bench.mustStayQuiet(session, id, "nothing more of " + id + " behind its answer");
	}

	private static Line next(Session session, String id) throws InterruptedException {
		return session.await("a chunk of " + id + " or its answer",
				(line) -> line.isFor(id) && (line.isChunk() || line.isAnswer()));
	}

	private static void ping(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		session.answer(session.command("$ping", "{}"));
	}

}
