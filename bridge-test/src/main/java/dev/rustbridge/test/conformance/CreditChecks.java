package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.util.List;

import dev.rustbridge.test.conformance.wire.Session;

/**
 * The capability {@code credit}.
 */
final class CreditChecks {

	private static final String CREDIT = "credit";

	private static final long UNLIMITED = 9007199254740991L;

	private CreditChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(CREDIT, "exact", "a stream sends as many chunks as it has credit for, and no more",
						"count chunks; wait when the credit is used up, go on when more is granted", MethodRole.STREAM,
						CreditChecks::exact),
				new Check(CREDIT, "others", "a stream without credit holds up no other command",
						"let it wait without the reading thread, and without a lock on stdout", MethodRole.STREAM,
						CreditChecks::others),
				new Check(CREDIT, "saturates", "grants add up, and saturate at 2^53-1", "add with saturation",
						MethodRole.STREAM, CreditChecks::saturates),
				new Check(CREDIT, "without", "a command without the member credit streams without limit",
						"no member means no limit", MethodRole.STREAM, CreditChecks::without),
				new Check(CREDIT, "unknown", "credit for unknown and for answered commands is ignored",
						"look the id up, and do nothing where there is none", null, CreditChecks::unknown));
	}

	private static void exact(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.STREAM), "\"credit\":0");
		mustWait(bench, session, id);
		grant(session, id, 1);
		mustChunk(session, id);
		mustWait(bench, session, id);
		grant(session, id, 2);
		mustChunk(session, id);
		mustChunk(session, id);
		mustWait(bench, session, id);
		grant(session, id, UNLIMITED);
		bench.require(session.answer(id).isSuccess(), session, "the rest of the stream, then success");
	}

	private static void others(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String waiting = bench.send(session, bench.method(MethodRole.STREAM), "\"credit\":1");
		String other = bench.send(session, bench.method(MethodRole.STREAM));
		bench.require(session.answer(other).isSuccess(), session, "another stream, which has no limit");
		bench.mustAnswer(session);
		mustChunk(session, waiting);
		mustWait(bench, session, waiting);
	}

	private static void saturates(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.STREAM), "\"credit\":1");
		grant(session, id, 0);
		grant(session, id, UNLIMITED);
		grant(session, id, UNLIMITED);
		bench.require(session.answer(id).isSuccess(), session, "the whole stream, then success");
	}

	private static void without(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.STREAM));
		bench.require(session.answer(id).isSuccess(), session, "the whole stream, then success");
	}

	private static void unknown(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		grant(session, "kit_nobody", 1);
		String id = session.command(Bench.NO_METHOD, "{}");
		session.answer(id);
		grant(session, id, 5);
		bench.mustStayQuiet(session, id, "no second answer to a command that is granted credit behind its answer");
	}

	private static void grant(Session session, String id, long chunks) {
		session.send("{\"id\":\"" + id + "\",\"credit\":" + chunks + "}");
	}

	private static void mustChunk(Session session, String id) throws InterruptedException {
		session.await("a chunk of " + id + ", which has credit", (line) -> line.isFor(id) && line.isChunk());
	}

	private static void mustWait(Bench bench, Session session, String id) throws InterruptedException {
		// behind it: what was on its way before
		bench.mustAnswer(session);
		bench.require(session.poll((line) -> line.isFor(id), bench.quietTime()) == null, session,
				"no chunk of " + id + " beyond its credit, and no answer before its last chunk");
	}

}
