package dev.rustbridge.test.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.rustbridge.test.conformance.wire.CheckFailure;
import dev.rustbridge.test.conformance.wire.DaemonUnderTest;
import dev.rustbridge.test.conformance.wire.Json;
import dev.rustbridge.test.conformance.wire.Line;
import dev.rustbridge.test.conformance.wire.Session;

/**
 * What a check works with: sessions of the daemon, and what was told about it.
 */
final class Bench {

	/**
	 * A method that no daemon has.
	 */
	static final String NO_METHOD = "conformance.noSuchMethod";

	private final DaemonUnderTest daemon;

	private final ConformanceOptions options;

	private final Announcement announcement;

	Bench(DaemonUnderTest daemon, ConformanceOptions options, Announcement announcement) {
		this.daemon = daemon;
		this.options = options;
		this.announcement = announcement;
	}

	DaemonUnderTest daemon() {
		return this.daemon;
	}

	ConformanceOptions options() {
		return this.options;
	}

	Announcement announcement() {
		return this.announcement;
	}

	/**
	 * How long nothing may come before it counts as not coming.
	 */
	Duration quietTime() {
		return this.options.quietTime();
	}

	/**
	 * A method that may be called; the check named its role, so there is one.
	 */
	MethodUnderTest method(MethodRole role) {
		MethodUnderTest method = this.options.method(role);
		if (method == null) {
			throw new NotTried("name a method with " + role.option() + ": one that " + role.text());
		}
		return method;
	}

	/**
	 * A session with a daemon that is ready, in which nothing else was said.
	 */
	Session ready() throws IOException, InterruptedException {
		Session session = this.daemon.open();
		String name = this.options.readyEvent();
		session.await("the event " + name, (line) -> line.isEvent(name));
		return session;
	}

	/**
	 * A session as a classic host has it, which says no {@code $hello}.
	 */
	Session classic() throws IOException, InterruptedException {
		if (!this.announcement.servesClassicHosts()) {
			return extended();
		}
		return ready();
	}

	/**
	 * A session in which all is in force that the daemon announced.
	 */
	Session extended() throws IOException, InterruptedException {
		return extended(wireCapabilities());
	}

	/**
	 * A session in which some of what the daemon announced is in force.
	 */
	Session extended(Set<String> capabilities) throws IOException, InterruptedException {
		Session session = ready();
		Line answer = session.answer(hello(session, capabilities));
		if (!answer.isSuccess()) {
			throw new CheckFailure("success in answer to $hello", session.observed());
		}
		return session;
	}

	/**
	 * Says {@code $hello}, and goes on without waiting for the answer.
	 */
	String hello(Session session, Set<String> capabilities) {
		session.agree(capabilities);
		return session.command("$hello", helloParams(capabilities));
	}

	static String helloParams(Set<String> capabilities) {
		String names = capabilities.stream().map(Json::quote).collect(Collectors.joining(","));
		return "{\"protocol\":1,\"maxMessageSize\":52428800,\"capabilities\":[" + names
				+ "],\"host\":{\"name\":\"conformance\",\"version\":\"1\"}}";
	}

	Set<String> wireCapabilities() {
		Set<String> names = new LinkedHashSet<>(this.announcement.capabilities());
		names.remove("methods");
		return names;
	}

	/**
	 * Sends a method its command.
	 */
	String send(Session session, MethodUnderTest method, String... members) {
		return session.command(method.name(), method.params(), members);
	}

	/**
	 * The daemon still answers: with an error, to a method that it does not have.
	 */
	Line mustAnswer(Session session) throws InterruptedException {
		String id = session.command(NO_METHOD, "{}");
		Line answer = session.answer(id);
		require(!answer.isSuccess(), session, "an error in answer to an unknown method");
		return answer;
	}

	/**
	 * The daemon still answers, and had nothing more to say about a command.
	 */
	void mustStayQuiet(Session session, String id, String expected) throws InterruptedException {
		mustAnswer(session);
		Line more = session.poll((line) -> line.isFor(id), quietTime());
		require(more == null, session, expected);
	}

	void require(boolean condition, Session session, String expected) {
		if (!condition) {
			throw new CheckFailure(expected, session.observed());
		}
	}

}
