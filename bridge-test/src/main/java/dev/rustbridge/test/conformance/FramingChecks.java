package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import dev.rustbridge.test.conformance.wire.Json;
import dev.rustbridge.test.conformance.wire.Session;

/**
 * What every daemon does with bytes: lines that are split, joined, long, or none.
 */
final class FramingChecks {

	private static final List<String> GARBAGE = List.of("garbage", "42", "null", "true", "\"text\"", "[1,2]", "{}",
			"{\"id\":", "}{", "\u0000\u0001");

	private static final int MEGABYTE = 1024 * 1024;

	/**
	 * Nothing larger is sent, however much a daemon says that it takes.
	 */
	private static final int MOST = 128 * MEGABYTE;

	private FramingChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(Check.CLASSIC, "split-line", "a line may come in pieces",
						"read up to the newline, however many reads it takes; split before UTF-8 is decoded", null,
						FramingChecks::splitLine),
				new Check(Check.CLASSIC, "blank-lines",
						"blank lines and a carriage return before the newline are tolerated",
						"trim lines, and skip those that are empty", null, FramingChecks::blankLines),
				new Check(Check.CLASSIC, "garbage", "a line that is no command ends nothing",
						"skip what can't be parsed, log it to stderr, and read on", null, FramingChecks::garbage),
				new Check(Check.CLASSIC, "large-command", "a command of a megabyte is read",
						"don't limit lines below what your host may send, or announce maxMessageSize", null,
						FramingChecks::largeCommand),
				new Check(Check.CLASSIC, "oversized", "of a line over the announced limit no part is taken for a line",
						"discard up to the next newline, and read on", null, FramingChecks::oversized));
	}

	private static void splitLine(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = "split-🦀";
		session.expectAnswer(id);
		byte[] line = (Json.command(id, Bench.NO_METHOD, "{}") + "\n").getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < line.length; i++) {
			session.sendRaw(Arrays.copyOfRange(line, i, i + 1));
			// so that pieces arrive apart, at least some of them
			if (i % 8 == 0) {
				Thread.sleep(1);
			}
		}
		session.answer(id);
	}

	private static void blankLines(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		String id = session.newId();
		session.expectAnswer(id);
		session.sendRaw(
				("\n\r\n  \n" + Json.command(id, Bench.NO_METHOD, "{}") + "\r\n\n").getBytes(StandardCharsets.UTF_8));
		session.answer(id);
		bench.mustAnswer(session);
	}

	private static void garbage(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		for (String line : GARBAGE) {
			session.send(line);
		}
		bench.mustAnswer(session);
	}

	private static void largeCommand(Bench bench) throws IOException, InterruptedException {
		Session session = bench.classic();
		long limit = bench.announcement().maxMessageSize();
		int size = (int) ((limit > 0) ? Math.min(MEGABYTE, limit) : MEGABYTE) - 200;
		String id = session.command(Bench.NO_METHOD, "{\"pad\":\"" + "x".repeat(Math.max(size, 1)) + "\"}");
		session.answer(id);
	}

	private static void oversized(Bench bench) throws IOException, InterruptedException {
		long limit = bench.announcement().maxMessageSize();
		if (limit <= 0 || limit > MOST) {
			throw new NotTried("it announces no maxMessageSize up to " + MOST);
		}
		// in force, raw bytes make an oversized line the end of the connection
		Session session = bench.classic();
		String id = session.newId();
		session.expectAnswer(id);
		String head = "{\"id\":" + Json.quote(id) + ",\"method\":" + Json.quote(Bench.NO_METHOD)
				+ ",\"params\":{\"pad\":\"";
		String tail = Json.command("tail", Bench.NO_METHOD, "{}");
		session
			.sendRaw((head + "x".repeat((int) limit - head.length()) + tail + "\n").getBytes(StandardCharsets.UTF_8));
		bench.mustAnswer(session);
		bench.require(session.poll((line) -> line.isFor("tail"), bench.quietTime()) == null, session,
				"no answer to the tail of an oversized line");
	}

}
