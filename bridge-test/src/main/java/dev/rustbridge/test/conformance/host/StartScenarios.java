package dev.rustbridge.test.conformance.host;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.rustbridge.test.conformance.host.Step.End;

/**
 * What daemons do before and at ready.
 */
final class StartScenarios {

	private static final String READY = "{\"event\":\"ready\",\"data\":{\"version\":\"ü\"}}";

	private StartScenarios() {
	}

	static List<Play> all() {
		return List
			.of(Play.of("noise-before-ready", "Before it is ready it prints lines of a log, and sends another event")
				.opensWith((stage) -> {
					stage.line("starting up…");
					stage.line("");
					stage.line("42");
					stage.bytes(new byte[] { (byte) 0xff, (byte) 0xfe, '\n' });
					stage.line("{\"event\":\"loading\",\"data\":{\"percent\":50}}");
					stage.line(READY);
				})
				.send(Step.result("echo", "{}")),
					Play.of("ready-in-pieces", "It says ready byte by byte, through the middle of a character")
						.opensWith((stage) -> stage.slowly(READY))
						.send(Step.result("echo", "{}")),
					Play.of("ready-twice", "It says ready twice; the second time is an ordinary event")
						.opensWith((stage) -> stage.line(READY + "\n" + READY))
						.send(Step.result("echo", "{}")),
					Play.of("ready-without-data", "Its ready event has no data, and is followed by a carriage return")
						.opensWith((stage) -> stage.line("{\"event\":\"ready\"}\r"))
						.send(Step.result("echo", "{}")),
					Play.of("events-around-ready",
							"Events come in the same write as ready: listeners that were there before the start see them")
						.opensWith((stage) -> stage.line("{\"event\":\"early\",\"data\":1}\n" + READY
								+ "\n{\"event\":\"watch:w_1\",\"data\":\"2\"}\n{\"event\":\"bare\"}"))
						.send(Step.result("echo", "{}")),
					Play.of("exit-before-ready", "It says why on stderr, and exits with 3 before it is ready")
						.asProcess()
						.refusedByTheHost()
						.opensWith((stage) -> {
							System.err.println("ERROR no such config file");
							stage.exit(3);
						}),
					Play.of("stderr-flood",
							"It writes 20,000 lines and one line of 2 MB to stderr before it is ready: who does not read "
									+ "stderr waits for ever")
						.asProcess()
						.opensWith((stage) -> {
							for (int i = 0; i < 20_000; i++) {
								System.err.println("DEBUG line " + i + " of many, which nobody asked for");
							}
							System.err.write("x".repeat(2_000_000).getBytes(StandardCharsets.UTF_8));
							stage.line(READY);
						})
						.send(Step.result("echo", "{}")),
					Play.of("newer-protocol", "It speaks a newer protocol, and ours too")
						.announcing("cancel")
						.opensWith((stage) -> stage
							.line("{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":9,"
									+ "\"minProtocol\":1,\"future\":[{}],\"capabilities\":[\"cancel\",\"teleport\"]}}}"))
						.send(Step.result("echo", "{}")),
					Play.of("too-new-protocol", "It has no version in common with the host, and serves classic hosts")
						.opensWith(
								(stage) -> stage.line("{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":9,"
										+ "\"minProtocol\":8,\"capabilities\":[\"credit\"]}}}"))
						.send(Step.result("echo", "{}")),
					Play.of("not-classic", "It has no version in common with the host, and serves no classic hosts")
						.refusedByTheHost()
						.opensWith(
								(stage) -> stage.line("{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":9,"
										+ "\"minProtocol\":8,\"classic\":false,\"capabilities\":[]}}}")),
					Play.of("broken-block",
							"Its announcement is of the wrong shape: the host takes it for a classic daemon")
						.opensWith(
								(stage) -> stage.line("{\"event\":\"ready\",\"data\":{\"rustbridge\":[\"cancel\"]}}"))
						.send(Step.result("echo", "{}")),
					Play.of("hello-refused",
							"It announces something, and answers $hello with an error; if the host did not wait for it, the "
									+ "connection ends, with that reason")
						.announcing("cancel")
						.refusedByTheHost()
						.onHello((stage, hello) -> stage.fail(hello, "not today")),
					Play.of("unknown-method", "It knows no method but echo: an error is an error, and nothing else")
						.send(Step.of("nope", End.FAILED)));
	}

}
