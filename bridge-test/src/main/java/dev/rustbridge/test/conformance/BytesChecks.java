package dev.rustbridge.test.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.rustbridge.test.conformance.wire.Json;
import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;

/**
 * The capability {@code bytes}.
 */
final class BytesChecks {

	private static final String BYTES = "bytes";

	/**
	 * Whoever takes payload for lines answers this.
	 */
	private static final byte[] TRAP = ("\n" + Json.command("trap", Bench.NO_METHOD, "{}") + "\n\u0000\r")
		.getBytes(StandardCharsets.UTF_8);

	private BytesChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(BYTES, "download", "raw chunks are a header line, as many bytes, and a newline",
						"write header and payload under one lock, in pieces of at most 64 KiB", MethodRole.DOWNLOAD,
						BytesChecks::download),
				new Check(BYTES, "not-asked", "no raw bytes are sent to a command without \"bytes\":true",
						"send such a chunk as base64 text in data", MethodRole.DOWNLOAD, BytesChecks::notAsked),
				new Check(BYTES, "upload", "uploaded raw bytes are taken, newlines and all",
						"read as many bytes as the header says, then the newline", MethodRole.UPLOAD_BYTES,
						BytesChecks::upload),
				new Check(BYTES, "unknown", "the payload of an unknown id is skipped",
						"read the payload whether or not the id is known", null, BytesChecks::unknown),
				new Check(BYTES, "bad-count", "a count that makes no sense ends the connection",
						"no line can be told from payload any more: end the connection", null, BytesChecks::badCount),
				new Check(BYTES, "no-newline", "a payload without a newline behind it ends the connection",
						"no line can be told from payload any more: end the connection", null, BytesChecks::noNewline),
				new Check(BYTES, "not-agreed", "without the capability a header of bytes is a line as any other",
						"read payloads only once bytes are in force", null, BytesChecks::notAgreed));
	}

	private static void download(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.DOWNLOAD), "\"bytes\":true");
		long bytes = 0;
		Line line = next(session, id);
		while (line.isChunk()) {
			bench.require(line.payload() <= 64 * 1024, session, "pieces of at most 65536 bytes");
			bytes += Math.max(line.payload(), 0);
			line = next(session, id);
		}
		bench.require(line.isSuccess(), session, "raw chunks, then success in answer to " + id);
		bench.require(bytes > 0, session, "a raw byte at least");
		bench.mustAnswer(session);
	}

	private static void notAsked(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.DOWNLOAD));
		Line line = next(session, id);
		while (line.isChunk()) {
			bench.require(line.payload() < 0, session, "no raw bytes, which were not asked for");
			line = next(session, id);
		}
		bench.mustAnswer(session);
	}

	private static Line next(Session session, String id) throws InterruptedException {
		return session.await("a chunk of " + id + " or its answer",
				(line) -> line.isFor(id) && (line.isChunk() || line.isAnswer()));
	}

	private static void upload(Bench bench) throws IOException, InterruptedException {
		if (!bench.wireCapabilities().contains("upload")) {
			throw new NotTried("it does not announce upload");
		}
		Session session = bench.extended();
		String id = bench.send(session, bench.method(MethodRole.UPLOAD_BYTES), "\"upload\":true");
		UploadChecks.Credit credit = new UploadChecks.Credit(session, id);
		credit.take();
		session.sendRaw(item(id, TRAP));
		credit.take();
		session.sendRaw(item(id, new byte[64 * 1024]));
		UploadChecks.end(session, id);
		bench.require(session.answer(id).isSuccess(), session, "success in answer to " + id);
		mustNotBeTrapped(bench, session);
	}

	private static void unknown(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		session.sendRaw(item("kit_nobody", TRAP));
		session.sendRaw(item("kit_nobody", new byte[0]));
		session.sendRaw(item("kit_nobody", new byte[300_000]));
		mustNotBeTrapped(bench, session);
	}

	private static void mustNotBeTrapped(Bench bench, Session session) throws InterruptedException {
		bench.mustAnswer(session);
		bench.require(session.poll((line) -> line.isFor("trap"), bench.quietTime()) == null, session,
				"no answer to a line within a payload");
	}

	private static void badCount(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		session.send("{\"id\":\"kit_nobody\",\"stream\":true,\"bytes\":-1}");
		bench.require(session.awaitEnd(bench.options().drainTime()), session, "the end of the connection");
	}

	private static void noNewline(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		session.sendRaw("{\"id\":\"kit_nobody\",\"stream\":true,\"bytes\":2}\nabc\n".getBytes(StandardCharsets.UTF_8));
		bench.require(session.awaitEnd(bench.options().drainTime()), session, "the end of the connection");
	}

	private static void notAgreed(Bench bench) throws IOException, InterruptedException {
		Set<String> others = new LinkedHashSet<>(bench.wireCapabilities());
		others.remove(BYTES);
		Session session = bench.extended(others);
		session.send("{\"id\":\"kit_nobody\",\"stream\":true,\"bytes\":65536}");
		bench.mustAnswer(session);
	}

	private static byte[] item(String id, byte[] payload) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(("{\"id\":\"" + id + "\",\"stream\":true,\"bytes\":" + payload.length + "}\n")
			.getBytes(StandardCharsets.UTF_8));
		bytes.writeBytes(payload);
		bytes.write('\n');
		return bytes.toByteArray();
	}

}
