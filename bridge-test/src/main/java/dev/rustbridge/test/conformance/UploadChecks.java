package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.util.List;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;
import tools.jackson.databind.JsonNode;

/**
 * The capability {@code upload}.
 */
final class UploadChecks {

	private static final String UPLOAD = "upload";

	private UploadChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(UPLOAD, "items", "items are taken under the daemon's credit, and answered after their end",
						"grant credit by {\"id\":…,\"credit\":n}; it starts at 0", MethodRole.UPLOAD,
						UploadChecks::items),
				new Check(UPLOAD, "empty", "an upload may end without an item", "wait for the end, not for an item",
						MethodRole.UPLOAD, UploadChecks::empty),
				new Check(UPLOAD, "failing", "a command whose upload fails comes to its end",
						"read the member error of the end line, and answer", MethodRole.UPLOAD, UploadChecks::failing),
				new Check(UPLOAD, "late", "items and ends of unknown and of answered commands are ignored",
						"look the id up, and do nothing where there is none", null, UploadChecks::late));
	}

	private static void items(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.UPLOAD), "\"upload\":true");
		Credit credit = new Credit(session, id);
		for (String item : bench.options().items()) {
			credit.take();
			session.send("{\"id\":\"" + id + "\",\"stream\":true,\"data\":" + item + "}");
		}
		end(session, id);
		bench.require(session.answer(id).isSuccess(), session, "success in answer to " + id);
		bench.mustAnswer(session);
	}

	private static void empty(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.UPLOAD), "\"upload\":true");
		end(session, id);
		session.answer(id);
		bench.mustAnswer(session);
	}

	private static void failing(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.UPLOAD), "\"upload\":true");
		session.send("{\"id\":\"" + id + "\",\"end\":true,\"error\":\"the source failed\"}");
		session.answer(id);
		bench.mustAnswer(session);
	}

	private static void late(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = session.command(Bench.NO_METHOD, "{}");
		session.answer(id);
		for (String unknown : List.of(id, "kit_nobody")) {
			session.send("{\"id\":\"" + unknown + "\",\"stream\":true,\"data\":1}");
			end(session, unknown);
		}
		bench.mustStayQuiet(session, id, "nothing more of a command that was answered");
	}

	static void end(Session session, String id) {
		session.send("{\"id\":\"" + id + "\",\"end\":true}");
	}

	/**
	 * How many items may be sent.
	 */
	static final class Credit {

		private final Session session;

		private final String id;

		private long left;

		Credit(Session session, String id) {
			this.session = session;
			this.id = id;
		}

		void take() throws InterruptedException {
			while (this.left == 0) {
				Line line = this.session.await("credit for the items of " + this.id,
						(candidate) -> candidate.isFor(this.id)
								&& (candidate.get("credit") != null || candidate.isAnswer()));
				JsonNode credit = line.get("credit");
				if (credit == null) {
					throw new CheckFailure("credit for the items of " + this.id + " before its answer",
							this.session.observed());
				}
				this.left += credit.asLong(0);
			}
			this.left--;
		}

	}

}
