package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import dev.rustbridge.test.conformance.wire.Json;
import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;
import tools.jackson.databind.JsonNode;

/**
 * How both sides find out what they have in common.
 */
final class HelloChecks {

	private HelloChecks() {
	}

	static List<Check> all() {
		return List.of(
				new Check(Check.HELLO, "block", "the block in the ready event is well-formed",
						"announce {\"protocol\":1,\"minProtocol\":1,\"maxMessageSize\":bytes,\"capabilities\":[names]}",
						null, HelloChecks::block),
				new Check(Check.HELLO, "greeting", "$hello is answered with success, once",
						"answer the command $hello before the next line is read", null, HelloChecks::greeting),
				new Check(Check.HELLO, "no-wait", "what follows $hello without a pause is served",
						"handle $hello on the reading thread, before the next line is read", null,
						HelloChecks::withoutWaiting),
				new Check(Check.HELLO, "unknown-names", "capabilities and members of the future are ignored",
						"ignore what is not known in $hello", null, HelloChecks::unknownNames),
				new Check(Check.HELLO, "no-common-version", "without a common version both stay classic",
						"serve as for a classic host, or refuse if the block says \"classic\":false", null,
						HelloChecks::noCommonVersion),
				new Check(Check.HELLO, "no-capabilities", "what the host does not announce is not in force",
						"stream without credit, make no calls, send no raw bytes, unless the host announced it",
						MethodRole.STREAM, HelloChecks::noCapabilities),
				new Check(Check.HELLO, "host-limit", "nothing over the host's maxMessageSize is sent",
						"answer with an error (TOO_LARGE) instead of such a result", MethodRole.ECHO,
						HelloChecks::hostLimit),
				new Check(Check.HELLO, "ping-while-busy", "$ping is answered while a command runs",
						"answer $ping on the reading thread: the heartbeat is on once the block was announced",
						MethodRole.SLOW, HelloChecks::pingWhileBusy));
	}

	private static void block(Bench bench) {
		Announcement said = bench.announcement();
		positive(said, "protocol");
		if (said.get("minProtocol") != null) {
			positive(said, "minProtocol");
		}
		if (said.get("maxMessageSize") != null) {
			positive(said, "maxMessageSize");
		}
		JsonNode capabilities = said.get("capabilities");
		boolean texts = capabilities != null && capabilities.isArray();
		if (capabilities != null) {
			for (JsonNode capability : capabilities) {
				texts &= capability.isString();
			}
		}
		if (!texts) {
			throw new CheckFailure("capabilities as a list of names", String.valueOf(said.block()));
		}
	}

	private static void positive(Announcement said, String member) {
		JsonNode value = said.get(member);
		if (value == null || !value.isIntegralNumber() || value.asLong(0) <= 0) {
			throw new CheckFailure(member + " as a positive integer", String.valueOf(said.block()));
		}
	}

	private static void greeting(Bench bench) throws IOException, InterruptedException {
		Session session = bench.ready();
		String id = bench.hello(session, bench.wireCapabilities());
		bench.require(session.answer(id).isSuccess(), session, "success in answer to $hello");
		bench.mustStayQuiet(session, id, "one answer to $hello");
	}

	private static void withoutWaiting(Bench bench) throws IOException, InterruptedException {
		Session session = bench.ready();
		Set<String> capabilities = bench.wireCapabilities();
		session.agree(capabilities);
		String hello = session.newId();
		String next = session.newId();
		session.expectAnswer(hello);
		session.expectAnswer(next);
		session.sendRaw((Json.command(hello, "$hello", Bench.helloParams(capabilities)) + "\n"
				+ Json.command(next, Bench.NO_METHOD, "{}") + "\n")
			.getBytes(StandardCharsets.UTF_8));
		bench.require(session.answer(hello).isSuccess(), session, "success in answer to $hello");
		Line answer = session.answer(next);
		bench.require(!capabilities.contains("errors") || answer.code() != null, session,
				"a code in the error, since errors are in force from $hello on");
	}

	private static void unknownNames(Bench bench) throws IOException, InterruptedException {
		Session session = bench.ready();
		Set<String> capabilities = new LinkedHashSet<>(bench.wireCapabilities());
		capabilities.add("conformance-teleport");
		session.agree(capabilities);
		String params = Bench.helloParams(capabilities);
		String id = session.command("$hello", params.substring(0, params.length() - 1) + ",\"future\":{\"a\":[1]}}");
		bench.require(session.answer(id).isSuccess(), session, "success in answer to $hello");
		bench.mustAnswer(session);
	}

	private static void noCommonVersion(Bench bench) throws IOException, InterruptedException {
		if (!bench.announcement().servesClassicHosts()) {
			throw new NotTried("it says \"classic\":false");
		}
		Session session = bench.ready();
		session.answer(session.command("$hello",
				"{\"protocol\":999999,\"minProtocol\":999999,\"maxMessageSize\":52428800,\"capabilities\":[\"credit\"]}"));
		bench.mustAnswer(session);
	}

	private static void noCapabilities(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended(Set.of());
		String id = bench.send(session, bench.method(MethodRole.STREAM));
		bench.require(session.answer(id).isSuccess(), session, "the whole stream, for which no credit was agreed on");
	}

	private static void hostLimit(Bench bench) throws IOException, InterruptedException {
		Session session = bench.ready();
		String hello = session.command("$hello",
				"{\"protocol\":1,\"maxMessageSize\":4096,\"capabilities\":[\"errors\"]}");
		bench.require(session.answer(hello).isSuccess(), session, "success in answer to $hello");
		String id = session.command(bench.method(MethodRole.ECHO).name(), "{\"pad\":\"" + "x".repeat(8192) + "\"}");
		Line answer = session.answer(id);
		bench.require(!answer.isSuccess() && answer.text().length() <= 4096, session,
				"an error instead of a result over the host's limit of 4096 bytes");
	}

	private static void pingWhileBusy(Bench bench) throws IOException, InterruptedException {
		Session session = bench.extended();
		bench.send(session, bench.method(MethodRole.SLOW));
		session.answer(session.command("$ping", "{}"));
	}

}
